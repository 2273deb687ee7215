package io.consentbridge.sync;

import io.consentbridge.consent.IgnoreReason;

/** The outcome of a record in a run (B70-B83). Each record that the run counted has exactly one. */
public sealed interface Outcome {

    /** The words of all outcomes; {@code StoredWordsTest} compares those in statements with them. */
    String PENDING = "pending";

    String NEW = "new";
    String READDED = "readded";
    String DUPLICATE = "duplicate";
    String DELETED = "deleted";
    String IGNORED = "ignored";
    String DEAD_LETTERED = "dead-lettered";

    /** Its word in the database and in history. */
    String word();

    /** A delivery was decided and has not ended. No record of a finished run has it. */
    record Pending() implements Outcome {
        @Override
        public String word() {
            return PENDING;
        }
    }

    /** The person was not known in Campaigns before (B71). */
    record New() implements Outcome {
        @Override
        public String word() {
            return NEW;
        }
    }

    /** The person had been on the list and had left it (B72). */
    record Readded() implements Outcome {
        @Override
        public String word() {
            return READDED;
        }
    }

    /** The person was on the list already (B73); {@code updated} says whether a value changed. */
    record Duplicate(boolean updated) implements Outcome {
        @Override
        public String word() {
            return DUPLICATE;
        }
    }

    /** The record was deleted in the CRM, and Campaigns was told (B75). */
    record Deleted() implements Outcome {
        @Override
        public String word() {
            return DELETED;
        }
    }

    /** The record was not added to the list, for a reason (B74). */
    record Ignored(IgnoreReason reason) implements Outcome {
        @Override
        public String word() {
            return IGNORED;
        }
    }

    /** The record cannot be delivered without a person's help. */
    record DeadLettered() implements Outcome {
        @Override
        public String word() {
            return DEAD_LETTERED;
        }
    }
}
