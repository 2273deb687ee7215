package io.consentbridge.outbox;

import io.consentbridge.store.Columns;
import io.consentbridge.store.StoredOutcome;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * A delivery that waits or flies, locked by the transaction.
 *
 * @param flying whether it is on its way as it is, with nothing newer behind it
 */
record PendingDelivery(long id, MemberKey key, ReplacedDelivery older, boolean flying) {

    /** Whether that removal flies already, so that another call for it would find no member any more. */
    boolean does(Draft draft, Long outcome) {
        return flying
                && older.held() == null
                && draft.held().isEmpty()
                && older.isDoneBy(draft)
                && older.action().equals(older.outdoneBy(draft).action().word())
                && (outcome == null
                        || outcome.equals(older.outcomeId())
                        || older.outcomeId() == null
                                && older.runId().equals(draft.runId())
                                && older.recordId().equals(draft.recordId())
                                && older.onSuccess().equals(draft.onSuccess()));
    }

    static PendingDelivery of(ResultSet row, StatementContext context) throws SQLException {
        return new PendingDelivery(
                row.getLong("id"),
                new MemberKey(row.getLong("list_id"), row.getLong("person_id")),
                new ReplacedDelivery(
                        row.getString("action"),
                        row.getString("run_id"),
                        row.getString("record_id"),
                        Columns.number(row, "outcome_id"),
                        new StoredOutcome(
                                        row.getString("on_success"),
                                        row.getString("on_success_reason"),
                                        row.getBoolean("on_success_updated"))
                                .outcome(),
                        held(row)),
                row.getBoolean("flying"));
    }

    private static Held held(ResultSet row) throws SQLException {
        String sync = row.getString("held_for");
        return sync == null ? null : new Held(sync, Held.Cause.of(row.getString("held_because")));
    }
}
