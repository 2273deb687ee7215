package io.consentbridge.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.Pragma;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TempStore;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteDataSource;

/**
 * The connections to a database. SQLite has one writer, for which transactions wait in turn, and a few readers that see the
 * last commit; on a server every connection writes.
 *
 * @param writer for transactions
 * @param reader for everything else; the same as the writer on a server
 */
record ConnectionPools(HikariDataSource writer, HikariDataSource reader) implements AutoCloseable {

    private static final int CONNECTIONS = 10;
    private static final int READERS = 4;
    private static final int PATIENCE_MILLIS = 15_000;
    /** A lock of another process, such as a backup tool, is waited for that long. */
    private static final int BUSY_MILLIS = 20_000;

    private static final int CACHE_KIB = 32_768;

    /** One large transaction does not leave a large log behind for good. */
    private static final int LOG_BYTES = 32 << 20;

    private static final int PAGE_BYTES = 4_096;

    /**
     * What the driver has no setting for. On macOS a sync reaches the disk itself only by {@code fullfsync}; elsewhere it says
     * nothing new, and the driver's own setting names a pragma that SQLite does not have. The log is carried into the file
     * when it is as long as it may stay: a page that many transactions change is carried once for all of them.
     */
    private static final List<String> PRAGMAS =
            List.of("pragma fullfsync = 1", "pragma wal_autocheckpoint = " + LOG_BYTES / PAGE_BYTES);

    /** Opens a connection at once, so that the first failure is reported to the user who starts the product. */
    static ConnectionPools open(DatabaseLocation location, String user, String password) {
        if (location.engine() != Engine.SQLITE) {
            HikariConfig settings = settings("database", CONNECTIONS);
            settings.setJdbcUrl(location.driverUrl());
            settings.setUsername(user);
            settings.setPassword(password);
            HikariDataSource all = new HikariDataSource(settings);
            return new ConnectionPools(all, all);
        }
        HikariConfig one = settings("writer", 1);
        // A connection of its own costs a look at the whole schema, and nothing makes an old one worse.
        one.setMaxLifetime(0);
        one.setConnectionTimeout(BUSY_MILLIS + PATIENCE_MILLIS);
        one.setDataSource(file(location, false));
        HikariDataSource writer = new HikariDataSource(one);
        try {
            HikariConfig few = settings("readers", READERS);
            few.setMaxLifetime(0);
            few.setMinimumIdle(1);
            few.setDataSource(file(location, true));
            return new ConnectionPools(writer, new HikariDataSource(few));
        } catch (RuntimeException e) {
            writer.close();
            throw e;
        }
    }

    private static HikariConfig settings(String name, int connections) {
        HikariConfig settings = new HikariConfig();
        settings.setPoolName(name);
        settings.setMaximumPoolSize(connections);
        settings.setInitializationFailTimeout(1);
        settings.setConnectionTimeout(PATIENCE_MILLIS);
        return settings;
    }

    /**
     * With a write-ahead log and full synchronisation a commit is on the disk before it returns, and survives a loss of power
     * (decision 0002). {@code like} tells upper case from lower case as PostgreSQL's does.
     */
    private static SQLiteDataSource file(DatabaseLocation location, boolean reading) {
        SQLiteConfig settings = new SQLiteConfig();
        settings.setJournalMode(JournalMode.WAL);
        settings.setSynchronous(location.durable() ? SynchronousMode.FULL : SynchronousMode.OFF);
        settings.setBusyTimeout(BUSY_MILLIS);
        settings.setCacheSize(-(reading ? CACHE_KIB / 8 : CACHE_KIB));
        settings.setTempStore(TempStore.MEMORY);
        settings.setPragma(Pragma.CASE_SENSITIVE_LIKE, "true");
        // What is deleted is overwritten, so that the file does not hold people who were erased.
        settings.setPragma(Pragma.SECURE_DELETE, "true");
        settings.setGetGeneratedKeys(false);
        settings.setJournalSizeLimit(LOG_BYTES);
        SQLiteDataSource file = new EmbeddedSource(settings);
        file.setUrl(location.driverUrl());
        return file;
    }

    /** Connections with all pragmas. */
    private static final class EmbeddedSource extends SQLiteDataSource {

        EmbeddedSource(SQLiteConfig settings) {
            super(settings);
        }

        @Override
        public SQLiteConnection getConnection(String user, String password) throws SQLException {
            SQLiteConnection connection = super.getConnection(user, password);
            try (Statement statement = connection.createStatement()) {
                for (String pragma : PRAGMAS) {
                    statement.execute(pragma);
                }
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
            return connection;
        }
    }

    /**
     * Makes an empty file a database whose free pages can be given back to the disk ({@link FreePages}). SQLite decides that
     * with the first page, so it is said before the journal.
     */
    static void create(Path file) throws SQLException {
        try (Connection connection = new SQLiteConfig().createConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("pragma auto_vacuum = incremental");
            statement.execute("pragma journal_mode = wal");
        }
    }

    /**
     * A connection to an embedded database beside the pools. It waits for nobody, and changes nothing of a file that is
     * suddenly empty.
     */
    static Connection probe(DatabaseLocation location) throws SQLException {
        SQLiteConfig settings = new SQLiteConfig();
        settings.setBusyTimeout(0);
        return settings.createConnection(location.driverUrl());
    }

    @Override
    public void close() {
        reader.close();
        writer.close();
    }
}
