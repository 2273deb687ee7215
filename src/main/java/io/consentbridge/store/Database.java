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
 * The one database of an installation: H2 in a file, for one process, or PostgreSQL, for several.
 *
 * <p>Threads may share it. Every failure leaves as a {@link DatabaseFault}.
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
     * Opens the pool and brings the tables up to date, and the people in them to today's form of addresses.
     *
     * @param url {@code jdbc:h2:file:...} or {@code jdbc:postgresql://...}
     * @param user null for the embedded database
     * @param password null for the embedded database
     * @throws DatabaseFault when it cannot be reached or used; the message says what to do
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
     * The same for those who only look: neither tables nor people are changed, since processes of an earlier version may be at
     * work over them.
     *
     * @throws DatabaseFault also when tables or people are those of an earlier version
     */
    public static Database look(String url, String user, String password) {
        return open(url, user, password, (location, pool) -> {
            new Schema(pool, location).requireUpToDate();
            Database database = new Database(location, pool);
            if (!database.query(Rekeying::isDone)) {
                throw new DatabaseFault(
                        location.shown() + " has people in an earlier form of addresses. " + Schema.LOOKING,
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

    /** H2 would begin a new database in an empty file, and every refusal that the old one knew would be gone. */
    private static void requireContent(Path file) {
        if (Files.exists(file) && file.toFile().length() == 0) {
            throw new DatabaseFault(
                    "The database file %s is empty. Put a backup in its place, or remove it to begin with a new database."
                            .formatted(file),
                    true);
        }
    }

    /** The database holds addresses, so a folder that is made for it is its owner's alone; one that is there stays as it is. */
    private static void createFolder(DatabaseLocation location) {
        Path folder = location.file().getParent();
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder.toAbsolutePath().getParent());
                Files.createDirectory(folder, OwnerOnly.folder(folder));
            }
        } catch (FileAlreadyExistsException other) {
            // Another process made it meanwhile.
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
        // The first failure to connect is the answer; the user who starts the product should not wait for it.
        settings.setInitializationFailTimeout(1);
        settings.setConnectionTimeout(15_000);
        return settings;
    }

    /**
     * What a person would look for, where nobody made this database yet: its file, or the tables of a server. Empty when it is
     * there, and when that cannot be found out; {@link #open} says why.
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

    /** Where it is, as a person knows it: a file, or a server and a name. */
    public String where() {
        return location.where();
    }

    /** Whether this is H2, which one process holds alone. */
    public boolean embedded() {
        return location.embedded();
    }

    /** Whether a statement gets an answer now; for health checks, never throws. */
    public boolean answers() {
        try {
            return query(handle ->
                            handle.select("select 1").mapTo(Integer.class).one())
                    == 1;
        } catch (DatabaseFault e) {
            return false;
        }
    }

    /** {@link #answers} for those who must not be kept waiting: a database that is known to be away is not asked. */
    public boolean isThere() {
        return trouble == null && answers();
    }

    /** Why no statement can succeed for now, until one has succeeded again; empty when all is well. */
    public Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    /**
     * Whether a new connection to the embedded database is to be had; it is opened anew if it was closed. Never waits. For one
     * thread.
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
     * In words, that the file of the embedded database was found to be damaged, replaced or gone. That does not heal, whatever
     * is answered from memory meanwhile. Empty when all is well.
     */
    public Optional<String> damage() {
        return damaged
                ? Optional.of("The database file %s.mv.db is damaged, replaced or gone. Put a backup in its place."
                        .formatted(location.file()))
                : Optional.empty();
    }

    /** How often the file of the embedded database has failed a statement; want of a free connection is no such failure. */
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

    /** Runs statements that each stand alone. */
    public <T> T query(Function<Handle, T> work) {
        try {
            return answered(jdbi.withHandle(work::apply));
        } catch (JdbiException e) {
            throw fault(e);
        }
    }

    /**
     * Runs the work in one transaction; it commits when the work returns and is undone when it throws. The work is
     * repeated from its beginning, a few times at most, when it collided with another transaction, so it must have no
     * effect outside the database.
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

    /** Reads in one transaction, in which what was read once stays as it was; for reading much. */
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

    /** Gives every connection back; afterwards every call fails. */
    @Override
    public void close() {
        pool.close();
    }
}
