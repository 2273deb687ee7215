package io.consentbridge.writeback;

import java.time.Instant;

/** What becomes of a claimed update. */
sealed interface UpdateSettlement {

    ClaimedUpdate update();

    /**
     * The CRM wrote it.
     *
     * @param note what was written differently; null for nothing
     */
    record Written(ClaimedUpdate update, String note) implements UpdateSettlement {}

    /** There is no such record any more. */
    record Gone(ClaimedUpdate update, String code) implements UpdateSettlement {}

    /**
     * The record is another person's, so it is not written.
     *
     * @param cause how that is known, without personal data
     */
    record Superseded(ClaimedUpdate update, String cause) implements UpdateSettlement {}

    /**
     * It is tried again, because of a failure of its own.
     *
     * @param code Zoho's code; null for none
     */
    record Postponed(ClaimedUpdate update, String code, String cause, Instant due) implements UpdateSettlement {}

    /**
     * It is given back; nothing counts against it.
     *
     * @param cause why; null for no failure
     * @param alone whether it is claimed by itself from now on
     * @param due when it may be claimed again; null for at once
     */
    record Released(ClaimedUpdate update, String cause, boolean alone, Instant due) implements UpdateSettlement {}

    /**
     * A person has to decide.
     *
     * @param code Zoho's code, or a word of the product's own; null for none
     */
    record DeadLettered(ClaimedUpdate update, String code, String cause) implements UpdateSettlement {}
}
