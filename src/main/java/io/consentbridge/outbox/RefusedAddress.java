package io.consentbridge.outbox;

import io.consentbridge.consent.IgnoreReason;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * An address that Campaigns does not accept, such as one of a group. That is no refusal by the person: it counts for {@link
 * #LIFETIME}, since Campaigns' rules change, and for this address alone.
 *
 * @param reason why
 * @param code Campaigns' code
 * @param since when it was last refused
 */
public record RefusedAddress(IgnoreReason reason, String code, Instant since) {

    /** How long Campaigns is not asked again. */
    public static final Duration LIFETIME = Duration.ofDays(30);

    /** The reason in words, without the address; the day is that of UTC, so that the people of one day count together. */
    public String why() {
        return "Campaigns refuses the address: " + reason.word() + " (code " + code + ", on "
                + LocalDate.ofInstant(since, ZoneOffset.UTC) + "). It is sent again when the address changes or, "
                + LIFETIME.toDays() + " days later, with the next change of the record or a full run.";
    }
}
