package io.consentbridge.confirmation;

import io.consentbridge.consent.Person;
import io.consentbridge.store.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;

/** A row of the table confirmation_request. */
record Request(
        long id,
        String connection,
        String purpose,
        String statementVersion,
        long personId,
        Person person,
        String address,
        String via,
        RequestState state,
        String ground,
        long listId,
        String sync,
        String module,
        String recordId,
        String runId,
        String content,
        String fingerprint,
        Instant requestedAt,
        int attempts,
        Optional<Instant> claimedAt,
        Optional<Instant> sentAt,
        boolean reminded,
        Optional<Instant> expiresAt,
        Optional<LocalDate> validTo) {

    /** The columns, of a request named q and its person named p. */
    static final String COLUMNS = """
            q.id, q.connection, q.purpose, q.statement_version, q.person_id, p.address as person, q.address, q.via, q.state,
                q.ground, q.list_id, q.sync, q.module, q.record_id, q.run_id, q.content, q.fingerprint, q.requested_at,
                q.attempts, q.claimed_at, q.sent_at, q.reminded, q.expires_at, q.valid_to
            """;

    static Request row(ResultSet row, StatementContext context) throws SQLException {
        return new Request(
                row.getLong("id"),
                row.getString("connection"),
                row.getString("purpose"),
                row.getString("statement_version"),
                row.getLong("person_id"),
                new Person(row.getString("person")),
                row.getString("address"),
                row.getString("via"),
                RequestState.of(row.getString("state")),
                row.getString("ground"),
                row.getLong("list_id"),
                row.getString("sync"),
                row.getString("module"),
                row.getString("record_id"),
                row.getString("run_id"),
                row.getString("content"),
                row.getString("fingerprint"),
                Columns.instant(row, "requested_at"),
                row.getInt("attempts"),
                Columns.optionalInstant(row, "claimed_at"),
                Columns.optionalInstant(row, "sent_at"),
                row.getBoolean("reminded"),
                Columns.optionalInstant(row, "expires_at"),
                Columns.optionalText(row, "valid_to").map(LocalDate::parse));
    }

    /** Whether the time to answer, or the validity of the consent, is over. */
    boolean isOver(Instant now) {
        return expiresAt.filter(end -> !end.isAfter(now)).isPresent();
    }

    /** The state, which is over as soon as its time is, even if nothing ended it yet. */
    RequestState stateAt(Instant now) {
        return isOver(now) ? state.after(RequestState.Step.EXPIRE).orElse(state) : state;
    }

    /** The request as its link shows it. */
    OpenRequest shown(RequestState now, boolean replaced) {
        return new OpenRequest(
                connection, purpose, statementVersion, now, replaced, now.open() ? expiresAt : Optional.empty());
    }

    @Override
    public String toString() {
        return "request " + id;
    }
}
