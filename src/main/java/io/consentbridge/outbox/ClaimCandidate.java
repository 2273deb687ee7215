package io.consentbridge.outbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * A delivery that is due and locked by the transaction.
 *
 * @param claimed whether somebody claimed it before and was not heard of again
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
                row.getObject("outcome_id", Long.class),
                row.getObject("dead_letter", Long.class),
                row.getBoolean("claimed"));
    }
}
