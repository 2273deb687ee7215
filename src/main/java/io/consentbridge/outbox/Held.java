package io.consentbridge.outbox;

import java.time.Instant;
import java.util.Arrays;

/**
 * Why a delivery is held until the reading of its sync has ended: only then is it known whether the person has another
 * record, and whether so many people leave that the brake holds them.
 *
 * @param sync whose reading
 * @param cause what happened to the record
 */
public record Held(String sync, Cause cause) {

    /** The due time of a held delivery: later than any query, so that no claim finds it. */
    static final Instant DUE = Instant.parse("9999-12-31T00:00:00Z");

    /** Why a person leaves a list who did not refuse. */
    public enum Cause {
        /** The record was deleted in the CRM. */
        DELETED("deleted"),
        /** The record has another address now. */
        MOVED("moved"),
        /** The record left the selection. */
        UNMATCHED("unmatched"),
        /** The record allows no mail any more, though the person did not refuse. */
        CONSENT_LOST("consent-lost");

        private final String word;

        Cause(String word) {
            this.word = word;
        }

        /** The word used in the database and on screens. */
        public String word() {
            return word;
        }

        static Cause of(String word) {
            return Arrays.stream(values())
                    .filter(cause -> cause.word.equals(word))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no such cause: " + word));
        }
    }
}
