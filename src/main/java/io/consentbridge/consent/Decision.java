package io.consentbridge.consent;

/**
 * A decision of the consent policy on one record for one purpose, with its reason in words.
 *
 * <p>Routes branch on {@link #word()}, and history shows it.
 */
public sealed interface Decision {

    /** The words of all decisions; {@code StoredWordsTest} compares those in statements with them. */
    String DELIVER = "deliver";

    String DELIVER_AS_EXPRESSED = "deliver-as-expressed";
    String REQUEST_CONSENT = "request-consent";
    String WITHHOLD = "withhold";
    String SUPPRESS = "suppress";
    String IGNORE = "ignore";

    /** One of deliver, deliver-as-expressed, request-consent, withhold, suppress, ignore. */
    String word();

    /** The reason, in one sentence without personal data. */
    String why();

    /** The row of the consent table that decided; empty if none did. */
    String rule();

    /** Mail is allowed (cases 1 and 2). */
    record Deliver(String why, String rule) implements Decision {

        /** A decision that no row of the table made. */
        public Deliver(String why) {
            this(why, "");
        }

        @Override
        public String word() {
            return DELIVER;
        }
    }

    /** Mail is allowed because consent was given; {@code evidence} is null if only the basis was read (case 4). */
    record DeliverAsExpressed(Evidence evidence, String why, String rule) implements Decision {

        /** A decision that no row of the table made. */
        public DeliverAsExpressed(Evidence evidence, String why) {
            this(evidence, why, "");
        }

        @Override
        public String word() {
            return DELIVER_AS_EXPRESSED;
        }
    }

    /** Consent must be requested first (cases 3 and 5). */
    record RequestConsent(String why, String rule) implements Decision {

        /** A decision that no row of the table made. */
        public RequestConsent(String why) {
            this(why, "");
        }

        @Override
        public String word() {
            return REQUEST_CONSENT;
        }
    }

    /** Neither mail nor a request is allowed for now. */
    record Withhold(String why, String rule) implements Decision {

        /** A decision that no row of the table made. */
        public Withhold(String why) {
            this(why, "");
        }

        @Override
        public String word() {
            return WITHHOLD;
        }
    }

    /** The person must not be mailed, whatever any sync says. */
    record Suppress(IgnoreReason reason, String why, String rule) implements Decision {

        /** A decision that no row of the table made. */
        public Suppress(IgnoreReason reason, String why) {
            this(reason, why, "");
        }

        @Override
        public String word() {
            return SUPPRESS;
        }
    }

    /** The record is no candidate: its address cannot be used, or the sync excludes it. */
    record Ignore(IgnoreReason reason, String why, String rule) implements Decision {

        /** A decision that no row of the table made. */
        public Ignore(IgnoreReason reason, String why) {
            this(reason, why, "");
        }

        @Override
        public String word() {
            return IGNORE;
        }
    }
}
