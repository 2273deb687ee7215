package io.consentbridge.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
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
 * The database of an installation: H2 in a file, for one process, or PostgreSQL, for several.
 *
 * <p>Safe for many threads. Every failure is a {@link DatabaseFault}.
 */
public final class Database implements AutoCloseable {

    private static final int CONNECTIONS = 10;
    private static final int ATTEMPTS = 6;
    /** One for the whole process: a statement is parsed once, not once for each database that is opened. */
    private static final SqlParser PARSER = new ColonPrefixSqlParser();

    private final DatabaseLocation location;
    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final StoreFile file;
    private volatile String trouble;
    private volatile boolean damaged;
    private final AtomicLong storeFaults = new AtomicLong();

    private Database(DatabaseLocation location, HikariDataSource pool) {
        this.location = location;
        this.pool = pool;
        this.file = location.embedded() ? StoreFile.of(location) : null;
        this.jdbi = Jdbi.create(pool)
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
     * @param url {@code jdbc:h2:file:...} or {@code jdbc:postgresql://...}
     * @param user null for the embedded database
     * @param password null for the embedded database
     * @throws DatabaseFault if it cannot be reached or used; the message says what to do
     */
    public static Database open(String url, String user, String password) {
        return open(url, user, password, (location, pool) -> {
            new Schema(pool, location).bringUpToDate();
            Database database = new Database(location, pool);
            database.change(Rekeying::run);
            return database;
        });
    }

    /**
     * Opens the pool for reading commands: neither tables nor people are migrated, since processes of an earlier version may
     * be using them.
     *
     * @throws DatabaseFault also if tables or people are those of an earlier version
     */
    public static Database look(String url, String user, String password) {
        return open(url, user, password, (location, pool) -> {
            new Schema(pool, location).requireUpToDate();
            Database database = new Database(location, pool);
            if (!database.query(Rekeying::isDone)) {
                throw new DatabaseFault(
                        location.shown() + " stores addresses in an earlier form. " + Schema.LOOKING,
                        DatabaseFault.Kind.MISFIT);
            }
            return database;
        });
    }

    private static Database open(
            String url, String user, String password, BiFunction<DatabaseLocation, HikariDataSource, Database> way) {
        DatabaseLocation location = DatabaseLocation.of(url);
        if (location.embedded()) {
            createFolder(location);
            requireContent(file(location));
        }
        HikariDataSource pool = null;
        try {
            pool = new HikariDataSource(settings(location, user, password));
            if (location.embedded()) {
                OwnerOnly.restrict(location.file());
            }
            return way.apply(location, pool);
        } catch (RuntimeException e) {
            if (pool != null) {
                pool.close();
            }
            throw e instanceof DatabaseFault told ? told : Faults.of(e, location);
        }
    }

    /** Refuses an empty file: H2 would begin a new database in it, and every refusal that the old one knew would be lost. */
    private static void requireContent(Path file) {
        if (Files.exists(file) && file.toFile().length() == 0) {
            throw new DatabaseFault(
                    "The database file %s is empty. Restore a backup, or remove the file to start with a new database."
                            .formatted(file),
                    true);
        }
    }

    /**
     * The database contains addresses, so only its owner may enter a folder that is created for it; an existing one stays as
     * it is.
     */
    private static void createFolder(DatabaseLocation location) {
        Path folder = location.file().getParent();
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder.toAbsolutePath().getParent());
                Files.createDirectory(folder, OwnerOnly.folder(folder));
            }
        } catch (FileAlreadyExistsException other) {
            // Another process created it meanwhile.
            if (!Files.isDirectory(folder)) {
                throw noFolder(folder);
            }
        } catch (IOException e) {
            throw noFolder(folder);
        }
    }

    private static DatabaseFault noFolder(Path folder) {
        return new DatabaseFault(
                "The folder %s of the database cannot be made. Create it for this user, or change database.url."
                        .formatted(folder),
                true);
    }

    private static HikariConfig settings(DatabaseLocation location, String user, String password) {
        HikariConfig settings = new HikariConfig();
        settings.setPoolName("database");
        settings.setJdbcUrl(location.driverUrl());
        settings.setUsername(user);
        settings.setPassword(password);
        settings.setMaximumPoolSize(CONNECTIONS);
        // The first failure to connect is reported; the user who starts the product should not wait for it.
        settings.setInitializationFailTimeout(1);
        settings.setConnectionTimeout(15_000);
        return settings;
    }

    /**
     * The file, or the tables of a server, that are missing if nobody has created this database yet. Empty if they exist,
     * and if that cannot be found out; {@link #open} says why.
     *
     * @param user null or empty for the embedded database
     * @param password null or empty for the embedded database
     */
    public static Optional<String> missing(String url, String user, String password) {
        if (url.startsWith("jdbc:h2:file:")) {
            return Optional.of(file(DatabaseLocation.of(url)))
                    .filter(Files::notExists)
                    .map(Path::toString);
        }
        return url.startsWith("jdbc:postgresql:")
                ? missing(DatabaseLocation.of(url), user, password)
                : Optional.empty();
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

    private static Path file(DatabaseLocation location) {
        return Path.of(location.file() + ".mv.db");
    }

    /** The database in words: a file, or a server and a name. */
    public String where() {
        return location.where();
    }

    /** Whether this is H2, which only one process can open. */
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
     * Whether a new connection to the embedded database is available; the database is opened again if it was closed. Never
     * waits. For one thread.
     */
    public boolean fileUsable() {
        try (Connection connection =
                        DriverManager.getConnection(location.driverUrl(), pool.getUsername(), pool.getPassword());
                Statement statement = connection.createStatement()) {
            statement.execute("select count(*) from run");
            if (!file.intact(connection)) {
                damaged = true;
            }
            return !damaged;
        } catch (SQLException | RuntimeException unusable) {
            damaged |= Faults.damage(unusable) || file.gone();
            return false;
        }
    }

    /**
     * The message that the file of the embedded database is damaged, replaced or gone. That does not heal, even if
     * statements are still answered from memory. Empty if all is well.
     */
    public Optional<String> damage() {
        return damaged
                ? Optional.of("The database file %s.mv.db is damaged, replaced or gone. Restore a backup."
                        .formatted(location.file()))
                : Optional.empty();
    }

    /**
     * The number of statements that failed because of the file of the embedded database; a lack of free connections does not
     * count.
     */
    public long storeFaults() {
        return storeFaults.get();
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
            storeFaults.incrementAndGet();
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
            return answered(jdbi.withHandle(work::apply));
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
                return answered(jdbi.inTransaction(work::apply));
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
            return jdbi.inTransaction(TransactionIsolationLevel.REPEATABLE_READ, work::apply);
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

    /** Closes all connections; afterwards every call fails. */
    @Override
    public void close() {
        pool.close();
    }
}
