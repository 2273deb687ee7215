package io.consentbridge.outbox;

import io.consentbridge.consent.IgnoreReason;
import java.time.Duration;
import java.time.Instant;

/**
 * An address that Campaigns does not take, such as one of a group. That is no refusal of the person: it holds for {@link
 * #LIFETIME}, since Campaigns' rules change, and for this address alone.
 *
 * @param reason why
 * @param code Campaigns' code
 * @param since when it was last refused
 */
public record RefusedAddress(IgnoreReason reason, String code, Instant since) {

    /** How long Campaigns is not asked again. */
    public static final Duration LIFETIME = Duration.ofDays(30);

    /** The reason in words, without the address. */
    public String why() {
        return "Campaigns refuses the address: " + reason.word() + " (code " + code + ", " + since
                + "). It is asked again when the address changes, or " + LIFETIME.toDays() + " days later.";
    }
}
