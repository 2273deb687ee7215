package io.consentbridge.sync;

import io.consentbridge.consent.IgnoreReason;

/** What became of a record in a run (B70-B83). Exactly one for each record that the run counted. */
public sealed interface Outcome {

    /** Its word in the database and in history. */
    String word();

    /** Decided, and its delivery has not ended. No finished run has one. */
    record Pending() implements Outcome {
        @Override
        public String word() {
            return "pending";
        }
    }

    /** The person was not known in Campaigns before (B71). */
    record New() implements Outcome {
        @Override
        public String word() {
            return "new";
        }
    }

    /** The person had been there and was gone (B72). */
    record Readded() implements Outcome {
        @Override
        public String word() {
            return "readded";
        }
    }

    /** The person was there already (B73); {@code updated} says whether something about them changed. */
    record Duplicate(boolean updated) implements Outcome {
        @Override
        public String word() {
            return "duplicate";
        }
    }

    /** Deleted in the CRM, and Campaigns was told (B75). */
    record Deleted() implements Outcome {
        @Override
        public String word() {
            return "deleted";
        }
    }

    /** Not added to the list, for a reason (B74). */
    record Ignored(IgnoreReason reason) implements Outcome {
        @Override
        public String word() {
            return "ignored";
        }
    }

    /** Could not be delivered without a person's help. */
    record DeadLettered() implements Outcome {
        @Override
        public String word() {
            return "dead-lettered";
        }
    }
}
