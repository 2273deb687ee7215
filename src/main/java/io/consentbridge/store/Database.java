package io.consentbridge.store;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.ColonPrefixSqlParser;
import org.jdbi.v3.core.statement.SqlParser;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/**
 * The database of an installation: a file of SQLite, for one process, or PostgreSQL, for several.
 *
 * <p>Safe for many threads. Every failure is a {@link DatabaseFault}.
 */
public final class Database implements AutoCloseable {

    private static final int ATTEMPTS = 6;
    /** One for the whole process: a statement is parsed once, not once for each database that is opened. */
    private static final SqlParser PARSER = new ColonPrefixSqlParser();

    private static final SqlParser SQLITE_PARSER = new SqliteStatements(PARSER);

    private final DatabaseLocation location;
    private final ConnectionPools pools;
    private final ProcessLock lock;
    private final Jdbi writer;
    private final Jdbi reader;
    private final StoreFile file;
    private volatile String trouble;
    private volatile boolean damaged;
    private volatile DatabaseFault fileFault;

    /** @param lock keeps other processes out; null where they may come in */
    private Database(DatabaseLocation location, ConnectionPools pools, ProcessLock lock) {
        this.location = location;
        this.pools = pools;
        this.lock = lock;
        this.file = location.embedded() ? StoreFile.of(location.file()) : null;
        if (location.engine() == Engine.SQLITE) {
            this.writer = sqlite(pools.writer(), "begin immediate");
            this.reader = sqlite(pools.reader(), "begin");
        } else {
            this.writer = postgres(pools.writer());
            this.reader = writer;
        }
    }

    private static Jdbi sqlite(HikariDataSource pool, String begin) {
        SqliteValues values = new SqliteValues();
        Jdbi jdbi = Jdbi.create(pool)
                .configure(SqlStatements.class, statements -> statements.setSqlParser(SQLITE_PARSER))
                .registerArgument(values)
                .registerColumnMapper(Instant.class, values);
        jdbi.setStatementBuilderFactory(new KeptStatements());
        jdbi.setTransactionHandler(new SqliteTransactions(begin, pool::evictConnection));
        return jdbi;
    }

    private static Jdbi postgres(HikariDataSource pool) {
        return Jdbi.create(pool)
                .configure(SqlStatements.class, statements -> statements.setSqlParser(PARSER))
                .registerArgument(new InstantColumn())
                .registerColumnMapper(Instant.class, new InstantColumn())
                .registerArrayType(String.class, "varchar")
                .registerArrayType(Long.class, "bigint")
                .registerArrayType(Boolean.class, "boolean");
    }

    /**
     * Opens the pool, and migrates the tables, and the people in them to the current form of addresses.
     *
     * @param url {@code jdbc:sqlite:FILE} or {@code jdbc:postgresql://...}
     * @param user null for the embedded database
     * @param password null for the embedded database
     * @throws DatabaseFault if it cannot be reached or used; the message says what to do
     */
    public static Database open(String url, String user, String password) {
        DatabaseLocation location = DatabaseLocation.of(url);
        if (!location.embedded()) {
            return open(location, user, password, pools -> migrated(location, pools, null));
        }
        EmbeddedFile.prepareFolder(location.file());
        ProcessLock lock = ProcessLock.take(location.file());
        try {
            return open(location, user, password, pools -> {
                Database database = migrated(location, pools, lock);
                lock.remember();
                return database;
            });
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** Opens a new embedded database that may be lost when the machine fails, such as that of a preview. */
    public static Database scratch(Path file) {
        DatabaseLocation location = DatabaseLocation.scratch(file);
        return open(location, null, null, pools -> migrated(location, pools, null));
    }

    private static Database migrated(DatabaseLocation location, ConnectionPools pools, ProcessLock lock) {
        new Schema(pools.writer(), location).bringUpToDate();
        Database database = new Database(location, pools, lock);
        database.change(Rekeying::run);
        return database;
    }

    /**
     * Opens the pool for reading commands: neither tables nor people are migrated, since processes of an earlier version may
     * be using them. Another process may work with an embedded database meanwhile.
     *
     * @throws DatabaseFault also if tables or people are those of an earlier version
     */
    public static Database look(String url, String user, String password) {
        DatabaseLocation location = DatabaseLocation.of(url);
        return open(location, user, password, pools -> {
            new Schema(pools.writer(), location).requireUpToDate();
            Database database = new Database(location, pools, null);
            if (!database.query(Rekeying::isDone)) {
                throw new DatabaseFault(
                        location.shown() + " stores addresses in an earlier form. " + Schema.LOOKING,
                        DatabaseFault.Kind.MISFIT);
            }
            return database;
        });
    }

    private static Database open(
            DatabaseLocation location, String user, String password, Function<ConnectionPools, Database> way) {
        if (location.embedded()) {
            EmbeddedFile.prepare(location);
        }
        ConnectionPools pools = null;
        try {
            pools = ConnectionPools.open(location, user, password);
            if (location.embedded()) {
                OwnerOnly.restrict(location.file());
            }
            return way.apply(pools);
        } catch (RuntimeException | LinkageError e) {
            if (pools != null) {
                pools.close();
            }
            throw e instanceof DatabaseFault told ? told : Faults.of(e, location);
        }
    }

    /**
     * The file, or the tables of a server, that are missing if nobody has created this database yet. Empty if they exist,
     * and if that cannot be found out; {@link #open} says why.
     *
     * @param user null or empty for the embedded database
     * @param password null or empty for the embedded database
     */
    public static Optional<String> missing(String url, String user, String password) {
        if (!DatabaseLocation.isKnown(url)) {
            return Optional.empty();
        }
        DatabaseLocation location = DatabaseLocation.of(url);
        return location.embedded()
                ? Optional.of(location.file())
                        .filter(file -> !EmbeddedFile.wasThere(file))
                        .map(Path::toString)
                : missing(location, user, password);
    }

    private static Optional<String> missing(DatabaseLocation server, String user, String password) {
        try (Connection connection = DriverManager.getConnection(server.driverUrl(), user, password);
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("select to_regclass('" + Schema.HISTORY + "') is null")) {
            return found.next() && found.getBoolean(1)
                    ? Optional.of("tables in PostgreSQL at " + server.server())
                    : Optional.empty();
        } catch (SQLException unreachable) {
            return Optional.empty();
        }
    }

    /** The database in words: a file, or a server and a name. */
    public String where() {
        return location.where();
    }

    /** Whether this is a file, with which only one process works. */
    public boolean embedded() {
        return location.embedded();
    }

    /** Whether the database answers a statement now; for health checks, never throws. */
    public boolean answers() {
        try {
            return query(handle ->
                            handle.select("select 1").mapTo(Integer.class).one())
                    == 1;
        } catch (DatabaseFault e) {
            return false;
        }
    }

    /** Like {@link #answers}, for callers that must not wait: a database that is known to be unreachable is not asked. */
    public boolean isThere() {
        return trouble == null && answers();
    }

    /** Why no statement can succeed for now, until one has succeeded again; empty if all is well. */
    public Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    /**
     * Whether a new connection can read the embedded database, or another process has just locked it. Never waits. For one
     * thread.
     */
    public boolean fileUsable() {
        if (damaged || file.gone()) {
            damaged = true;
            return false;
        }
        try (Connection connection = ConnectionPools.probe(location);
                Statement statement = connection.createStatement()) {
            statement.execute("select id from run order by id limit 1");
            return true;
        } catch (SQLException unusable) {
            damaged = Faults.damage(unusable) || file.gone();
            if (Faults.collision(unusable)) {
                return true;
            }
            fileFault = Faults.of(unusable, location);
            return false;
        }
    }

    /** Whether the disk of the embedded database has room for what a large transaction writes. */
    public boolean hasRoom() {
        return file.hasRoom();
    }

    /**
     * The message that the file of the embedded database is damaged, replaced or gone. That does not heal, even if
     * statements are still answered from memory. Empty if all is well.
     */
    public Optional<String> damage() {
        return damaged
                ? Optional.of("The database file %s is damaged, replaced or gone. Restore a backup."
                        .formatted(location.file()))
                : Optional.empty();
    }

    /**
     * The most recent failure of a statement or a new connection because of the file of the embedded database; a lack of free
     * connections does not count. Empty if there was none.
     */
    public Optional<DatabaseFault> fileFault() {
        return Optional.ofNullable(fileFault);
    }

    private <T> T answered(T result) {
        if (trouble != null) {
            trouble = null;
        }
        return result;
    }

    private DatabaseFault fault(Throwable thrown) {
        DatabaseFault fault = Faults.of(thrown, location);
        if (location.embedded() && fault.unreachable() && !Faults.busy(thrown)) {
            fileFault = fault;
            damaged |= Faults.damage(thrown);
        }
        if (fault.unreachable()) {
            trouble = fault.getMessage();
        }
        return fault;
    }

    /** Runs statements without a transaction around them. */
    public <T> T query(Function<Handle, T> work) {
        try {
            return answered(reader.withHandle(work::apply));
        } catch (JdbiException e) {
            throw fault(e);
        }
    }

    /**
     * Runs the work in one transaction, which commits when the work returns and rolls back when it throws. After a collision
     * with another transaction the work is repeated from its beginning, a few times at most, so it must have no effect
     * outside the database.
     */
    public <T> T transaction(Function<Handle, T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return answered(writer.inTransaction(work::apply));
            } catch (JdbiException e) {
                if (attempt == ATTEMPTS || !Faults.collision(e)) {
                    throw fault(e);
                }
            }
        }
    }

    /** Reads much in one transaction, with a consistent view. */
    <T> T snapshot(Function<Handle, T> work) {
        try {
            return reader.inTransaction(TransactionIsolationLevel.REPEATABLE_READ, work::apply);
        } catch (JdbiException e) {
            throw fault(e);
        }
    }

    /** {@link #transaction} for work without a result. */
    public void change(Consumer<Handle> work) {
        transaction(handle -> {
            work.accept(handle);
            return null;
        });
    }

    /**
     * Gives disk space that deleted rows have left in the file of the embedded database back, in short transactions. Does
     * nothing on PostgreSQL, which does it by itself.
     *
     * @return whether it is done; otherwise there is more, or a reader or writer was in the way
     */
    public boolean shrink() {
        try {
            return !location.embedded() || answered(FreePages.giveBack(writer, location));
        } catch (JdbiException | SQLException e) {
            throw fault(e);
        }
    }

    /**
     * Carries the log of the embedded database over into its file and empties it, so that what was deleted is in neither. Does
     * nothing on PostgreSQL, whose log belongs to the server.
     *
     * @return whether it is done; otherwise a reader or writer was in the way
     */
    public boolean emptyLog() {
        try {
            return !location.embedded() || answered(FreePages.cut(location));
        } catch (JdbiException | SQLException e) {
            throw fault(e);
        }
    }

    /** Closes all connections; afterwards every call fails. */
    @Override
    public void close() {
        pools.close();
        if (lock != null) {
            lock.close();
        }
    }
}
