package io.consentbridge.confirmation;

import io.consentbridge.consent.Person;
import io.consentbridge.store.Columns;
import io.consentbridge.store.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;

/** Shows requests for consent, and changes nothing. */
public final class RequestQueries {

    private final Database database;

    public RequestQueries(Database database) {
        this.database = database;
    }

    /**
     * A request as it is shown; without the person.
     *
     * @param because why it expired, when not by its time
     */
    public record Shown(
            String connection,
            String purpose,
            String statementVersion,
            String via,
            RequestState state,
            Optional<String> because,
            String ground,
            String module,
            String recordId,
            Instant requestedAt,
            Optional<Instant> sentAt,
            boolean reminded,
            Optional<Instant> answeredAt,
            Optional<Instant> expiresAt,
            Optional<String> validTo) {}

    /** How many requests of a purpose are in a state. */
    public record Total(String connection, String purpose, RequestState state, long requests) {}

    /**
     * The open requests, the oldest first.
     *
     * @param purpose only of this purpose; null for all
     * @param max how many at most
     */
    public List<Shown> open(String purpose, int max) {
        return database.query(handle -> handle.createQuery("""
                        select q.connection, q.purpose, q.statement_version, q.via, q.state, q.ended_because, q.ground, q.module,
                            q.record_id, q.requested_at, q.sent_at, q.reminded, q.answered_at, q.expires_at, q.valid_to
                        from confirmation_request q
                        where q.state in ('requested', 'sending', 'sent') and (:all or q.purpose = :purpose)
                        order by q.requested_at, q.id fetch first :max rows only
                        """)
                .bind("all", purpose == null)
                .bind("purpose", purpose == null ? "" : purpose)
                .bind("max", max)
                .map(RequestQueries::shown)
                .list());
    }

    /** How many requests there are, by connection, purpose and state, in that order. */
    public List<Total> totals(String purpose) {
        return database.query(handle -> handle.createQuery("""
                        select q.connection, q.purpose, q.state, count(*) as requests
                        from confirmation_request q where :all or q.purpose = :purpose
                        group by q.connection, q.purpose, q.state order by q.connection, q.purpose, q.state
                        """)
                .bind("all", purpose == null)
                .bind("purpose", purpose == null ? "" : purpose)
                .map((row, context) -> new Total(
                        row.getString("connection"),
                        row.getString("purpose"),
                        RequestState.of(row.getString("state")),
                        row.getLong("requests")))
                .list());
    }

    /** Every request of a person, the oldest first. */
    public List<Shown> of(Person person) {
        return database.query(handle -> handle.createQuery("""
                        select q.connection, q.purpose, q.statement_version, q.via, q.state, q.ended_because, q.ground, q.module,
                            q.record_id, q.requested_at, q.sent_at, q.reminded, q.answered_at, q.expires_at, q.valid_to
                        from person p join confirmation_request q on q.person_id = p.id
                        where p.address = :person order by q.requested_at, q.id
                        """)
                .bind("person", person.address())
                .map(RequestQueries::shown)
                .list());
    }

    private static Shown shown(ResultSet row, StatementContext context) throws SQLException {
        return new Shown(
                row.getString("connection"),
                row.getString("purpose"),
                row.getString("statement_version"),
                row.getString("via"),
                RequestState.of(row.getString("state")),
                Columns.optionalText(row, "ended_because"),
                row.getString("ground"),
                row.getString("module"),
                row.getString("record_id"),
                Columns.instant(row, "requested_at"),
                Columns.optionalInstant(row, "sent_at"),
                row.getBoolean("reminded"),
                Columns.optionalInstant(row, "answered_at"),
                Columns.optionalInstant(row, "expires_at"),
                Columns.optionalText(row, "valid_to"));
    }
}
