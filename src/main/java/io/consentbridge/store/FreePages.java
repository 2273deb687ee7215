package io.consentbridge.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The pages of an embedded file that no row uses any more. SQLite keeps them for later rows; here they are given back to the
 * disk, a few with each transaction, so that others need not wait for the writer.
 */
final class FreePages {

    /** A megabyte, which takes a few milliseconds. */
    private static final int STEP = 250;

    private static final int STEPS = 200;

    private FreePages() {}

    /** Gives at most some 200 MB back; returns whether none is left and the file and its log are cut. */
    static boolean giveBack(Jdbi writer, DatabaseLocation location) throws SQLException {
        for (int step = 0; step < STEPS; step++) {
            if (!writer.withHandle(FreePages::giveSomeBack)) {
                return cut(location);
            }
        }
        return false;
    }

    /** Returns false if there was none, or if the file was created in such a way that it never shrinks. */
    private static boolean giveSomeBack(Handle handle) throws SQLException {
        int before = free(handle);
        if (before == 0) {
            return false;
        }
        try (Statement statement = handle.getConnection().createStatement()) {
            // An update, because a query of the driver takes one step, which frees one page.
            statement.executeUpdate("pragma incremental_vacuum(" + STEP + ")");
        }
        return free(handle) < before;
    }

    private static int free(Handle handle) {
        return handle.createQuery("pragma freelist_count").mapTo(Integer.class).one();
    }

    /** Carries the log over into the file, which only then becomes smaller, and empties the log. Waits for nobody. */
    static boolean cut(DatabaseLocation location) throws SQLException {
        try (Connection connection = ConnectionPools.probe(location);
                Statement statement = connection.createStatement()) {
            // Most of it is done while others write.
            statement.execute("pragma wal_checkpoint(passive)");
            try (ResultSet done = statement.executeQuery("pragma wal_checkpoint(truncate)")) {
                return done.next() && done.getInt(1) == 0;
            }
        } catch (SQLException e) {
            if (Faults.collision(e)) {
                return false;
            }
            throw e;
        }
    }
}
