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
 * While Zoho is out of reach a connection is held: nothing of it is claimed. Each hold that follows another without a
 * success between them is twice as long.
 */
public final class ConnectionBackoff {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionBackoff.class);

    /**
     * A hold in force.
     *
     * @param until its end
     * @param because why, without personal data
     */
    public record Hold(Instant until, String because) {}

    private record State(Optional<Instant> until, Optional<String> because, int inARow) {}

    private final Database database;
    private final InstantSource clock;
    private final Duration first;
    private final Duration most;
    // Connections that were held when this process last looked; a success of any other costs no look.
    private final Set<String> held = ConcurrentHashMap.newKeySet();

    /**
     * @param first length of the first hold
     * @param most length that no hold exceeds
     */
    public ConnectionBackoff(Database database, InstantSource clock, Duration first, Duration most) {
        this.database = database;
        this.clock = clock;
        this.first = first;
        this.most = most;
    }

    /**
     * Holds the connection; while it is held already nothing changes. Only the first of several in a row is told. Returns the
     * hold in force.
     */
    public Hold hold(String connection, String because) {
        return told(connection, because, database.transaction(handle -> {
            Instant now = clock.instant();
            State state = exclusively(handle, connection);
            if (state.until().filter(now::isBefore).isPresent()) {
                return new Held(
                        state.inARow(),
                        new Hold(state.until().get(), state.because().orElse("")));
            }
            return new Held(
                    state.inARow(),
                    save(handle, connection, now.plus(pause(state.inARow())), because, state.inARow() + 1));
        }));
    }

    private record Held(int before, Hold hold) {}

    private Hold told(String connection, String because, Held result) {
        held.add(connection);
        if (result.before() == 0) {
            LOG.warn("{}: nothing is delivered for now, and it is tried again by itself: {}", connection, because);
        }
        return result.hold();
    }

    /** How long the next hold is after so many without a success between them. */
    Duration pause(int before) {
        Duration pause = first;
        for (int i = 0; i < before && pause.compareTo(most) < 0; i++) {
            pause = pause.multipliedBy(2);
        }
        return pause.compareTo(most) < 0 ? pause : most;
    }

    /** Holds the connection until an instant that Zoho gave, if that is later than the hold in force. */
    public Hold holdUntil(String connection, Instant until, String because) {
        return told(connection, because, database.transaction(handle -> {
            State state = exclusively(handle, connection);
            if (state.until().filter(until::isBefore).isPresent()) {
                return new Held(
                        state.inARow(),
                        new Hold(state.until().get(), state.because().orElse("")));
            }
            return new Held(state.inARow(), save(handle, connection, until, because, state.inARow() + 1));
        }));
    }

    /** Whether the connection is held, at no look where this process knows of no hold. */
    boolean isHeld(String connection) {
        return held.contains(connection) && current(connection).isPresent();
    }

    /**
     * A call succeeded: no hold any more, which is told, and the next one is a first one. Costs no look where this process
     * knows of no hold.
     */
    public void succeeded(String connection) {
        if (!held.remove(connection)) {
            return;
        }
        boolean ended = database.transaction(handle ->
                handle.createUpdate("""
                                update connection_state set held_until = null, held_because = null, holds_in_a_row = 0
                                where connection = :connection and holds_in_a_row > 0
                                """).bind("connection", connection).execute() == 1);
        if (ended) {
            LOG.info("{}: Zoho answers again, and deliveries go on", connection);
        }
    }

    /** The hold in force; empty when the connection may be used. */
    public Optional<Hold> current(String connection) {
        Instant now = clock.instant();
        Optional<State> known = database.query(handle -> state(handle, connection));
        if (known.filter(state -> state.inARow() > 0).isPresent()) {
            held.add(connection);
        }
        return known.filter(state -> state.until().filter(now::isBefore).isPresent())
                .map(state -> new Hold(state.until().get(), state.because().orElse("")));
    }

    private static State exclusively(Handle handle, String connection) {
        ConnectionLock.lock(handle, connection);
        return state(handle, connection).orElseThrow();
    }

    private static Optional<State> state(Handle handle, String connection) {
        return handle.createQuery(
                        "select held_until, held_because, holds_in_a_row from connection_state where connection = :connection")
                .bind("connection", connection)
                .map((row, context) -> new State(
                        Columns.optionalInstant(row, "held_until"),
                        Columns.optionalText(row, "held_because"),
                        row.getInt("holds_in_a_row")))
                .findOne();
    }

    private static Hold save(Handle handle, String connection, Instant until, String because, int inARow) {
        handle.createUpdate("""
                        update connection_state set held_until = :until, held_because = :because, holds_in_a_row = :row
                        where connection = :connection
                        """)
                .bind("until", until)
                .bind("because", Columns.clip(because, 1000))
                .bind("row", inARow)
                .bind("connection", connection)
                .execute();
        return new Hold(until, because);
    }
}
