package io.consentbridge.outbox;

import io.consentbridge.store.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * A delivery that is due and locked by the transaction.
 *
 * @param claimed whether a worker claimed it before and gave no further sign of life
 */
record ClaimCandidate(
        long id,
        UnconfirmedSubscription sent,
        String runId,
        String recordId,
        Long outcomeId,
        Long deadLetter,
        boolean claimed) {

    MemberKey key() {
        return sent.key();
    }

    static ClaimCandidate of(ResultSet row, StatementContext context) throws SQLException {
        return new ClaimCandidate(
                row.getLong("id"),
                UnconfirmedSubscription.read(row, context),
                row.getString("run_id"),
                row.getString("record_id"),
                Columns.number(row, "outcome_id"),
                Columns.number(row, "dead_letter"),
                row.getBoolean("claimed"));
    }
}
