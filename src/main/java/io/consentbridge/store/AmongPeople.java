package io.consentbridge.store;

import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/**
 * Deletes people. A transaction that has looked a person's number up stores rows under it afterwards, so none may be open while the
 * person is deleted: its rows, a refusal among them, would be nobody's.
 */
public final class AmongPeople {

    private AmongPeople() {}

    /** Others use the table of people now. */
    private static final class InUse extends RuntimeException {
        private static final long serialVersionUID = 1;

        InUse(Throwable cause) {
            super("the table of people is in use", cause);
        }
    }

    /**
     * Runs the work in a transaction beside which no other one has looked people up. It waits for nobody, and others wait for it, so
     * it must be short.
     *
     * @return what the work returns; empty if another transaction uses the table of people now
     */
    public static <T> Optional<T> alone(Database database, Function<Handle, T> work) {
        try {
            return Optional.of(database.transaction(handle -> {
                // SQLite has one writer at a time, and refuses what was decided on rows that changed.
                if (!database.embedded()) {
                    lock(handle);
                }
                return work.apply(handle);
            }));
        } catch (InUse busy) {
            return Optional.empty();
        }
    }

    private static void lock(Handle handle) {
        try {
            handle.execute("lock table person in access exclusive mode nowait");
        } catch (JdbiException refused) {
            if (refused.getCause() instanceof SQLException cause && "55P03".equals(cause.getSQLState())) {
                throw new InUse(refused);
            }
            throw refused;
        }
    }
}
