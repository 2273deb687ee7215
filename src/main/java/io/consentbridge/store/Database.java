package io.consentbridge.store;

import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * The one database of an installation: H2 in a file, for one process, or PostgreSQL, for several.
 *
 * <p>Threads may share it. Every failure leaves as a {@link DatabaseFault}.
 */
public final class Database implements AutoCloseable {

    /**
     * Opens the pool and brings the tables up to date.
     *
     * @param url {@code jdbc:h2:file:...} or {@code jdbc:postgresql://...}
     * @param user null for the embedded database
     * @param password null for the embedded database
     * @throws DatabaseFault when it cannot be reached or used; the message says what to do
     */
    public static Database open(String url, String user, String password) {
        throw new UnsupportedOperationException();
    }

    /** Whether this is H2, which one process holds alone. */
    public boolean embedded() {
        throw new UnsupportedOperationException();
    }

    /** Whether a statement gets an answer now; for health checks, never throws. */
    public boolean answers() {
        throw new UnsupportedOperationException();
    }

    /** Runs statements that each stand alone. */
    public <T> T query(Function<Handle, T> work) {
        throw new UnsupportedOperationException();
    }

    /**
     * Runs the work in one transaction; it commits when the work returns and is undone when it throws. The work is
     * repeated from its beginning, a few times at most, when it collided with another transaction, so it must have no
     * effect outside the database.
     */
    public <T> T transaction(Function<Handle, T> work) {
        throw new UnsupportedOperationException();
    }

    /** {@link #transaction} for work without a result. */
    public void change(Consumer<Handle> work) {
        throw new UnsupportedOperationException();
    }

    /** Gives every connection back; afterwards every call fails. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
