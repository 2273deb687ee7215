package io.consentbridge.outbox;

import io.consentbridge.store.Columns;
import io.consentbridge.store.StoredOutcome;
import io.consentbridge.sync.Outcome;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Settles outcomes of records whose delivery ended; an outcome that is settled already stays. */
final class RecordFates {

    private static final int DETAIL = 500;

    private final PreparedBatch pending;
    private final PreparedBatch parked;

    RecordFates(Handle handle) {
        pending = handle.prepareBatch("""
                update outcome set outcome = :outcome, reason = :reason, updated = :updated, detail = coalesce(:detail, detail)
                where id = :id and outcome = 'pending'
                """);
        parked = handle.prepareBatch("""
                update outcome set outcome = :outcome, reason = :reason, updated = :updated, detail = coalesce(:detail, detail)
                where id = :id and outcome in ('pending', 'dead-lettered')
                """);
    }

    /**
     * @param outcomeId the outcome's row; null when the record is not counted
     * @param replay whether the delivery was a replay, so that a record that was dead-lettered gets its outcome after all
     * @param detail null for none
     */
    void settle(Long outcomeId, boolean replay, Outcome outcome, String detail) {
        if (outcomeId == null) {
            return;
        }
        StoredOutcome stored = StoredOutcome.of(outcome);
        (replay ? parked : pending)
                .bind("outcome", stored.word())
                .bind("reason", stored.reason())
                .bind("updated", stored.updated())
                .bind("detail", Columns.clip(detail, DETAIL))
                .bind("id", outcomeId)
                .add();
    }

    void write() {
        pending.execute();
        parked.execute();
    }
}
