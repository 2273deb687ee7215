package io.consentbridge.confirmation;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a person's requests for one purpose.
 *
 * @param consents the consents that were given to the present wording and were not taken back
 * @param refusedAt when the person refused a request of the purpose, or took a consent back; empty if never
 * @param bounced whether a request of any purpose came back from their address
 * @param open whether a request is open, for whichever wording
 * @param mailedAt when a mail was last claimed, which perhaps was sent; empty if never
 */
public record AskedBefore(
        List<Consent> consents,
        Optional<Instant> refusedAt,
        boolean bounced,
        boolean open,
        Optional<Instant> mailedAt) {

    /** What is said of a person who was asked. */
    public static final String ALREADY = "The person was already asked.";

    /** Nothing is known. */
    public static final AskedBefore NEVER =
            new AskedBefore(List.of(), Optional.empty(), false, false, Optional.empty());

    public AskedBefore {
        consents = List.copyOf(consents);
    }

    /**
     * A consent that was given.
     *
     * @param validTo the last day on which it is valid; empty if it does not end by itself
     */
    public record Consent(Optional<LocalDate> validTo) {

        boolean holdsOn(LocalDate day) {
            return validTo.filter(last -> last.isBefore(day)).isEmpty();
        }
    }

    /** Whether the person confirmed the present wording, and that is valid on a day. */
    public boolean confirmedOn(LocalDate day) {
        return consents.stream().anyMatch(consent -> consent.holdsOn(day));
    }

    /** The last day of the consent that lasts longest; empty if one of them does not end by itself. */
    public Optional<LocalDate> validTo() {
        return consents.stream().anyMatch(consent -> consent.validTo().isEmpty())
                ? Optional.empty()
                : consents.stream()
                        .flatMap(consent -> consent.validTo().stream())
                        .max(LocalDate::compareTo);
    }

    /** Why the person must not be asked now; empty if they may be. */
    public Optional<String> why(Instant now, Duration askAgain) {
        if (refusedAt.isPresent()) {
            return Optional.of("The person refused when they were asked.");
        } else if (bounced) {
            return Optional.of("held: a mail to this address came back, so it is not written to again");
        } else if (open || mailedAt.filter(at -> at.plus(askAgain).isAfter(now)).isPresent()) {
            return Optional.of(ALREADY);
        }
        return Optional.empty();
    }
}
