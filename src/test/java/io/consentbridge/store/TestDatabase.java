package io.consentbridge.store;

import static org.awaitility.Awaitility.await;

import io.consentbridge.TestFolders;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * The engines that a database may have, each with fresh databases for tests: an embedded one in a file, or a schema on the
 * PostgreSQL of this JVM. Tests of {@link EveryEngine} run once on each of them; {@code -Dengines=sqlite,postgresql} chooses
 * some by their names.
 */
public enum TestDatabase {
    SQLITE("SQLite", null, null) {
        @Override
        public String fresh(Path folder) {
            return "jdbc:sqlite:" + folder.resolve("data/consentbridge.db");
        }
    },
    POSTGRES("PostgreSQL", "postgres", "postgres") {
        @Override
        public String fresh(Path folder) {
            String schema = Server.schema();
            Server.run("create schema " + schema);
            return Server.url(schema);
        }

        @Override
        public String withTables(Path folder) {
            String schema = Server.schema();
            Server.fill(schema);
            return Server.url(schema);
        }
    };

    private final String shown;
    private final String user;
    private final String password;

    TestDatabase(String shown, String user, String password) {
        this.shown = shown;
        this.user = user;
        this.password = password;
    }

    /**
     * The engine of tests that run on one: the first of those that are chosen. Where a test is about the file, it names the
     * engine.
     */
    public static TestDatabase usual() {
        return chosen().get(0);
    }

    /** The engines that {@code -Dengines} names, in the order of this type; all without it. */
    public static List<TestDatabase> chosen() {
        String names = System.getProperty("engines", "").strip();
        if (names.isEmpty()) {
            return List.of(values());
        }
        return Stream.of(names.split(","))
                .map(String::strip)
                .map(TestDatabase::named)
                .distinct()
                .sorted()
                .toList();
    }

    /** The engine of a database. */
    public static TestDatabase ofUrl(String url) {
        return of(url);
    }

    static TestDatabase of(String url) {
        return named(url.split(":")[1]);
    }

    private static TestDatabase named(String name) {
        return Stream.of(values())
                .filter(engine -> engine.shown.equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no engine %s, but %s".formatted(name, List.of(values()))));
    }

    /** The URL of an empty database; the file of an embedded one lies below the folder. */
    public abstract String fresh(Path folder);

    /** The URL of an empty database. */
    public final String fresh() {
        return fresh(TestFolders.make());
    }

    /**
     * The URL of a database with our tables and nobody in them, where that is quicker to have than by opening an empty one;
     * the file of an embedded one lies below the folder.
     */
    public String withTables(Path folder) {
        return fresh(folder);
    }

    /** The same, with an embedded one anywhere. */
    public final String withTables() {
        return withTables(TestFolders.make());
    }

    /** An empty database with our tables. */
    public Database open() {
        return reopen(withTables());
    }

    /** The database of that URL again. */
    public Database reopen(String url) {
        return Database.open(url, user, password);
    }

    /** The user of its databases, null where they ask nobody. */
    public String user() {
        return user;
    }

    /** The password of that user, null where there is no user. */
    public String password() {
        return password;
    }

    /** Whether several processes may use a database of it at once. */
    public boolean shared() {
        return this == POSTGRES;
    }

    /** The settings of the environment that lead to a database. */
    public Map<String, String> environment(String url) {
        return user == null
                ? Map.of("DATABASE_URL", url)
                : Map.of("DATABASE_URL", url, "DATABASE_USER", user, "DATABASE_PASSWORD", password);
    }

    /** The name of the engine, as messages and the names of tests have it. */
    @Override
    public String toString() {
        return shown;
    }

    /** The tables of the database, in order. */
    public static SortedSet<String> tables(Handle handle) {
        SortedSet<String> tables = new TreeSet<>();
        columns(handle).forEach(column -> tables.add(column.substring(0, column.indexOf('.'))));
        // SQLite's own.
        tables.removeIf(table -> table.startsWith("sqlite_"));
        return tables;
    }

    /** The columns of its tables, each with its table before it and a dot between, in order. */
    public static SortedSet<String> columns(Handle handle) {
        SortedSet<String> columns = new TreeSet<>();
        Connection connection = handle.getConnection();
        try {
            // Table by table: SQLite's driver asks for the columns of all tables with one statement, which grows too
            // long.
            List<String> tables = new ArrayList<>();
            try (ResultSet found =
                    connection.getMetaData().getTables(null, connection.getSchema(), "%", new String[] {"TABLE"})) {
                while (found.next()) {
                    tables.add(found.getString("TABLE_NAME"));
                }
            }
            for (String table : tables) {
                try (ResultSet found = connection.getMetaData().getColumns(null, connection.getSchema(), table, "%")) {
                    while (found.next()) {
                        columns.add((found.getString("TABLE_NAME") + "." + found.getString("COLUMN_NAME"))
                                .toLowerCase(Locale.ROOT));
                    }
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return columns;
    }

    /** The URL of an empty database on a PostgreSQL that asks this user, unlike the others, for that password. */
    public static String guarded(String user, String password) {
        String url = POSTGRES.fresh();
        try (Connection connection = Server.ONE.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create role %s login password '%s'".formatted(user, password));
            ResultSet file = statement.executeQuery("show hba_file");
            file.next();
            Path rules = Path.of(file.getString(1));
            Files.writeString(rules, "host all %s samehost scram-sha-256\n".formatted(user) + Files.readString(rules));
            statement.execute("select pg_reload_conf()");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await().until(() -> refuses(url, user, "not " + password));
        return url;
    }

    private static boolean refuses(String url, String user, String password) {
        try {
            DriverManager.getConnection(url, user, password).close();
            return false;
        } catch (SQLException refused) {
            return refused.getSQLState().equals("28P01");
        }
    }

    /** Where the file of an embedded database lies. */
    public static Path fileOf(String url) {
        return Path.of(url.substring("jdbc:sqlite:".length()));
    }

    private static final class Server {

        private static final EmbeddedPostgres ONE = start();
        /** What makes our tables; said at once it takes a third of the time that a migration takes. */
        private static final String TABLES = tables();

        static String schema() {
            return "t" + UUID.randomUUID().toString().replace("-", "");
        }

        private static EmbeddedPostgres start() {
            try {
                // Its programs stay unpacked for the next JVM, where mvn clean finds them.
                System.setProperty(
                        "ot.epg.working-dir",
                        Path.of("target/embedded-pg").toAbsolutePath().toString());
                return EmbeddedPostgres.start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static String tables() {
            run("create schema model");
            Database.open(url("model"), "postgres", "postgres").close();
            return Migrations.postgres();
        }

        static void fill(String schema) {
            run(
                    "create schema %1$s; set local search_path to %1$s; %2$s; create table %3$s (like model.%3$s including all);"
                                    .formatted(schema, TABLES, Schema.HISTORY)
                            + "insert into %1$s select * from model.%1$s".formatted(Schema.HISTORY));
        }

        static void run(String statements) {
            try (Connection connection = ONE.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute(statements);
                connection.commit();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        static String url(String schema) {
            return ONE.getJdbcUrl("postgres", "postgres").replaceFirst("[?].*", "") + "?currentSchema=" + schema;
        }
    }
}
