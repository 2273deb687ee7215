package io.consentbridge.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.transaction.TransactionException;
import org.jdbi.v3.core.transaction.TransactionHandler;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/**
 * Begins a transaction of the writer at once with its lock, so that it never fails halfway because another process wrote
 * meanwhile, and one of a reader with the first read. The driver's own transactions begin the next one at each commit.
 */
final class SqliteTransactions implements TransactionHandler {

    private final String begin;
    private final Consumer<Connection> unusable;
    private boolean open;

    /**
     * @param begin the statement that begins a transaction
     * @param unusable takes a connection that could not be rolled back
     */
    SqliteTransactions(String begin, Consumer<Connection> unusable) {
        this.begin = begin;
        this.unusable = unusable;
    }

    @Override
    public TransactionHandler specialize(Handle handle) {
        return new SqliteTransactions(begin, unusable);
    }

    @Override
    public void begin(Handle handle) {
        execute(handle, begin);
        open = true;
    }

    @Override
    public void commit(Handle handle) {
        execute(handle, "commit");
        open = false;
    }

    @Override
    public void rollback(Handle handle) {
        open = false;
        try (Statement statement = handle.getConnection().createStatement()) {
            statement.execute("rollback");
        } catch (SQLException failure) {
            // SQLite rolls back by itself when the disk is full or fails.
            if (!String.valueOf(failure.getMessage()).contains("no transaction is active")) {
                unusable.accept(handle.getConnection());
            }
        }
    }

    private static void execute(Handle handle, String text) {
        try (Statement statement = handle.getConnection().createStatement()) {
            statement.execute(text);
        } catch (SQLException failure) {
            throw new TransactionException(failure);
        }
    }

    @Override
    public boolean isInTransaction(Handle handle) {
        return open;
    }

    @Override
    public <R, X extends Exception> R inTransaction(Handle handle, HandleCallback<R, X> work) throws X {
        begin(handle);
        boolean committed = false;
        try {
            R result = work.withHandle(handle);
            commit(handle);
            committed = true;
            return result;
        } finally {
            if (!committed) {
                rollback(handle);
            }
        }
    }

    @Override
    public <R, X extends Exception> R inTransaction(
            Handle handle, TransactionIsolationLevel isolation, HandleCallback<R, X> work) throws X {
        // Every transaction of SQLite has a consistent view.
        return inTransaction(handle, work);
    }

    @Override
    public void savepoint(Handle handle, String name) {
        throw new UnsupportedOperationException("no transaction uses savepoints");
    }

    @Override
    public void rollbackToSavepoint(Handle handle, String name) {
        throw new UnsupportedOperationException("no transaction uses savepoints");
    }

    @Override
    public void releaseSavepoint(Handle handle, String name) {
        throw new UnsupportedOperationException("no transaction uses savepoints");
    }
}
