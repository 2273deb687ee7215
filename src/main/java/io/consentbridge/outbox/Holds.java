package io.consentbridge.outbox;

import io.consentbridge.store.Columns;
import io.consentbridge.store.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * While Zoho is out of reach a connection is held: nothing of it is claimed. Each hold that follows another without a
 * success between them is twice as long.
 */
public final class Holds {

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

    /**
     * @param first length of the first hold
     * @param most length that no hold exceeds
     */
    public Holds(Database database, InstantSource clock, Duration first, Duration most) {
        this.database = database;
        this.clock = clock;
        this.first = first;
        this.most = most;
    }

    /** Holds the connection; while it is held already nothing changes. Returns the hold in force. */
    public Hold hold(String connection, String because) {
        return database.transaction(handle -> {
            Instant now = clock.instant();
            State state = exclusively(handle, connection);
            if (state.until().filter(now::isBefore).isPresent()) {
                return new Hold(state.until().get(), state.because().orElse(""));
            }
            return save(handle, connection, now.plus(pause(state.inARow())), because, state.inARow() + 1);
        });
    }

    private Duration pause(int before) {
        Duration pause = first;
        for (int i = 0; i < before && pause.compareTo(most) < 0; i++) {
            pause = pause.multipliedBy(2);
        }
        return pause.compareTo(most) < 0 ? pause : most;
    }

    /** Holds the connection until an instant that Zoho gave, if that is later than the hold in force. */
    public Hold holdUntil(String connection, Instant until, String because) {
        return database.transaction(handle -> {
            State state = exclusively(handle, connection);
            if (state.until().filter(until::isBefore).isPresent()) {
                return new Hold(state.until().get(), state.because().orElse(""));
            }
            return save(handle, connection, until, because, state.inARow() + 1);
        });
    }

    /** A call succeeded: no hold any more, and the next one is a first one. Costs one look when there was none. */
    public void succeeded(String connection) {
        boolean held = database.query(handle -> state(handle, connection, ""))
                .filter(state -> state.inARow() > 0)
                .isPresent();
        if (held) {
            database.change(handle ->
                    handle.createUpdate("""
                            update connection_state set held_until = null, held_because = null, holds_in_a_row = 0
                            where connection = :connection
                            """).bind("connection", connection).execute());
        }
    }

    /** The hold in force; empty when the connection may be used. */
    public Optional<Hold> current(String connection) {
        Instant now = clock.instant();
        return database.query(handle -> state(handle, connection, ""))
                .filter(state -> state.until().filter(now::isBefore).isPresent())
                .map(state -> new Hold(state.until().get(), state.because().orElse("")));
    }

    private static State exclusively(Handle handle, String connection) {
        handle.createUpdate("insert into connection_state (connection) values (:connection) on conflict do nothing")
                .bind("connection", connection)
                .execute();
        return state(handle, connection, " for update").orElseThrow();
    }

    private static Optional<State> state(Handle handle, String connection, String suffix) {
        return handle.createQuery(
                        "select held_until, held_because, holds_in_a_row from connection_state where connection = :connection"
                                + suffix)
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
