package io.consentbridge.outbox;

import io.consentbridge.store.Columns;
import io.consentbridge.store.ConnectionLock;
import io.consentbridge.store.Database;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Which connections are switched off as a whole (B157-B162). None of their syncs, write-backs and campaigns runs, and nobody is
 * subscribed. People who leave still leave, and what is on its way to the CRM still arrives.
 *
 * <p>Threads may share it.
 */
public final class Integrations {

    /** How a connection is switched off. */
    public enum Kind {
        /** Its files stay, and count again once it is activated. */
        DEACTIVATED,
        /** Its files were moved to {@code config/disabled/}. */
        DISABLED;

        /** The word used in the database and on screens. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        private static Kind of(String word) {
            return Arrays.stream(values())
                    .filter(kind -> kind.word().equals(word))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no such way to switch a connection off: " + word));
        }
    }

    /**
     * A connection that is switched off.
     *
     * @param connection its name
     * @param since when it was switched off in this way
     */
    public record Off(String connection, Kind kind, Instant since) {

        /** Says that nothing of the connection runs, since when, and how to change that; without a full stop. */
        public String because() {
            return "connection %s is %s since %s. Activate it with: consentbridge integration activate %s"
                    .formatted(connection, kind.word(), since, connection);
        }
    }

    private final Database database;
    private final InstantSource clock;

    public Integrations(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** The connection, if it is switched off. */
    public Optional<Off> off(String connection) {
        return database.query(handle -> off(handle, connection));
    }

    /** The connection, if it is switched off, within the caller's transaction. */
    public static Optional<Off> off(Handle handle, String connection) {
        return handle.createQuery("""
                        select switched_off, switched_off_at from connection_state
                        where connection = :connection and switched_off is not null
                        """)
                .bind("connection", connection)
                .map((row, context) -> new Off(
                        connection, Kind.of(row.getString("switched_off")), Columns.instant(row, "switched_off_at")))
                .findOne();
    }

    /**
     * Switches the connection off. One that is disabled is not deactivated, and one that is switched off in that way already keeps
     * its time.
     *
     * @return how it is switched off now
     */
    public Off switchOff(String connection, Kind kind) {
        return database.transaction(handle -> {
            ConnectionLock.lock(handle, connection);
            Optional<Off> before =
                    off(handle, connection).filter(now -> now.kind() == kind || now.kind() == Kind.DISABLED);
            return before.orElseGet(() -> {
                Off off = new Off(connection, kind, clock.instant());
                set(handle, connection, kind.word(), off.since());
                return off;
            });
        });
    }

    /** Switches the connection on; whether it was off. */
    public boolean switchOn(String connection) {
        return database.transaction(handle -> {
            ConnectionLock.lock(handle, connection);
            boolean off = off(handle, connection).isPresent();
            set(handle, connection, null, null);
            return off;
        });
    }

    private static void set(Handle handle, String connection, String word, Instant at) {
        handle.createUpdate("""
                        update connection_state set switched_off = :word, switched_off_at = :at where connection = :connection
                        """)
                .bind("word", word)
                .bind("at", at)
                .bind("connection", connection)
                .execute();
    }
}
