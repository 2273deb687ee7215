package io.consentbridge.consent;

/**
 * A decision of the consent policy on one record for one purpose, with its reason in words.
 *
 * <p>Routes branch on {@link #word()}, and history shows it.
 */
public sealed interface Decision {

    /** One of deliver, deliver-as-expressed, request-consent, withhold, suppress, ignore. */
    String word();

    /** The reason, in one sentence without personal data. */
    String why();

    /** Mail is allowed (cases 1 and 2). */
    record Deliver(String why) implements Decision {
        @Override
        public String word() {
            return "deliver";
        }
    }

    /** Mail is allowed because consent was given; {@code evidence} is null if only the basis was read (case 4). */
    record DeliverAsExpressed(Evidence evidence, String why) implements Decision {
        @Override
        public String word() {
            return "deliver-as-expressed";
        }
    }

    /** Consent must be requested first (cases 3 and 5). */
    record RequestConsent(String why) implements Decision {
        @Override
        public String word() {
            return "request-consent";
        }
    }

    /** Neither mail nor a request is allowed for now. */
    record Withhold(String why) implements Decision {
        @Override
        public String word() {
            return "withhold";
        }
    }

    /** The person must not be mailed, whatever any sync says. */
    record Suppress(IgnoreReason reason, String why) implements Decision {
        @Override
        public String word() {
            return "suppress";
        }
    }

    /** The record is no candidate: its address cannot be used, or the sync excludes it. */
    record Ignore(IgnoreReason reason, String why) implements Decision {
        @Override
        public String word() {
            return "ignore";
        }
    }
}
