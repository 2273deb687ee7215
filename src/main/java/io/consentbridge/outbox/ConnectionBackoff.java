package io.consentbridge.outbox;

import io.consentbridge.store.Columns;
import io.consentbridge.store.ConnectionLock;
import io.consentbridge.store.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The circuit breaker of connections. While Zoho is out of reach a connection backs off: nothing of it is claimed. Each
 * backoff that follows another without a success between them is twice as long.
 */
public final class ConnectionBackoff {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionBackoff.class);

    /**
     * A backoff in force.
     *
     * @param until when it ends
     * @param because why it began, without personal data
     */
    public record Backoff(Instant until, String because) {}

    private record State(Optional<Instant> until, Optional<String> because, int inARow) {}

    private final Database database;
    private final InstantSource clock;
    private final Duration first;
    private final Duration most;
    // Connections that backed off when this process last looked; a success of any other needs no query.
    private final Set<String> open = ConcurrentHashMap.newKeySet();

    /**
     * @param first length of the first backoff
     * @param most greatest length of a backoff
     */
    public ConnectionBackoff(Database database, InstantSource clock, Duration first, Duration most) {
        this.database = database;
        this.clock = clock;
        this.first = first;
        this.most = most;
    }

    /**
     * Begins a backoff of the connection, unless one is in force; returns the one in force. Only the first of several in a
     * row is logged.
     */
    public Backoff begin(String connection, String because) {
        return told(connection, because, database.transaction(handle -> {
            Instant now = clock.instant();
            State state = exclusively(handle, connection);
            if (state.until().filter(now::isBefore).isPresent()) {
                return new Result(
                        state.inARow(),
                        new Backoff(state.until().get(), state.because().orElse("")));
            }
            return new Result(
                    state.inARow(),
                    save(handle, connection, now.plus(pause(state.inARow())), because, state.inARow() + 1));
        }));
    }

    private record Result(int before, Backoff begin) {}

    private Backoff told(String connection, String because, Result result) {
        open.add(connection);
        if (result.before() == 0) {
            LOG.warn("{}: backing off; deliveries wait and are retried: {}", connection, because);
        }
        return result.begin();
    }

    /** The length of a backoff that follows {@code before} others without a success between them. */
    public Duration pause(int before) {
        Duration pause = first;
        for (int i = 0; i < before && pause.compareTo(most) < 0; i++) {
            pause = pause.multipliedBy(2);
        }
        return pause.compareTo(most) < 0 ? pause : most;
    }

    /** Begins a backoff until an instant that Zoho named, or extends the one in force to it; returns the one in force. */
    public Backoff beginUntil(String connection, Instant until, String because) {
        return told(connection, because, database.transaction(handle -> {
            State state = exclusively(handle, connection);
            if (state.until().filter(until::isBefore).isPresent()) {
                return new Result(
                        state.inARow(),
                        new Backoff(state.until().get(), state.because().orElse("")));
            }
            return new Result(state.inARow(), save(handle, connection, until, because, state.inARow() + 1));
        }));
    }

    /** Whether the connection backs off; needs no query if this process knows of no backoff. */
    boolean isOpen(String connection) {
        return open.contains(connection) && current(connection).isPresent();
    }

    /**
     * Ends the backoff after a call succeeded, and logs that; the next backoff is a first one again. Needs no query if this
     * process knows of no backoff.
     */
    public void succeeded(String connection) {
        if (!open.remove(connection)) {
            return;
        }
        boolean ended = database.transaction(handle ->
                handle.createUpdate("""
                                update connection_state set backoff_until = null, backoff_because = null, backoffs_in_a_row = 0
                                where connection = :connection and backoffs_in_a_row > 0
                                """).bind("connection", connection).execute() == 1);
        if (ended) {
            LOG.info("{}: Zoho answers again; deliveries resume", connection);
        }
    }

    /** The backoff in force; empty if the connection may be used. */
    public Optional<Backoff> current(String connection) {
        Instant now = clock.instant();
        Optional<State> known = database.query(handle -> state(handle, connection));
        if (known.filter(state -> state.inARow() > 0).isPresent()) {
            open.add(connection);
        }
        return known.filter(state -> state.until().filter(now::isBefore).isPresent())
                .map(state -> new Backoff(state.until().get(), state.because().orElse("")));
    }

    private static State exclusively(Handle handle, String connection) {
        ConnectionLock.lock(handle, connection);
        return state(handle, connection).orElseThrow();
    }

    private static Optional<State> state(Handle handle, String connection) {
        return handle.createQuery(
                        "select backoff_until, backoff_because, backoffs_in_a_row from connection_state where connection = :connection")
                .bind("connection", connection)
                .map((row, context) -> new State(
                        Columns.optionalInstant(row, "backoff_until"),
                        Columns.optionalText(row, "backoff_because"),
                        row.getInt("backoffs_in_a_row")))
                .findOne();
    }

    private static Backoff save(Handle handle, String connection, Instant until, String because, int inARow) {
        handle.createUpdate("""
                        update connection_state set backoff_until = :until, backoff_because = :because, backoffs_in_a_row = :row
                        where connection = :connection
                        """)
                .bind("until", until)
                .bind("because", Columns.clip(because, 1000))
                .bind("row", inARow)
                .bind("connection", connection)
                .execute();
        return new Backoff(until, because);
    }
}
