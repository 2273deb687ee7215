package io.consentbridge.store;

import static org.awaitility.Awaitility.await;

import io.consentbridge.TestFolders;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/** Fresh databases for tests: H2 in a temporary file, or a schema on the PostgreSQL of this JVM. */
public enum TestDatabase {
    H2 {
        @Override
        public String fresh() {
            return "jdbc:h2:file:" + TestFolders.make().resolve("data/consentbridge");
        }
    },
    POSTGRES {
        @Override
        public String fresh() {
            String schema = Server.schema();
            Server.run("create schema " + schema);
            return Server.url(schema);
        }

        @Override
        public String withTables() {
            String schema = Server.schema();
            Server.fill(schema);
            return Server.url(schema);
        }
    };

    /** The URL of an empty database. */
    public abstract String fresh();

    /** The URL of a database with our tables and nobody in them, where that is quicker to have than by opening an empty one. */
    public String withTables() {
        return fresh();
    }

    /** An empty database with our tables. */
    public Database open() {
        return reopen(withTables());
    }

    /** The database of that URL again. */
    public Database reopen(String url) {
        return this == H2 ? Database.open(url, null, null) : Database.open(url, "postgres", "postgres");
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
    public static Path file(String url) {
        return Path.of(url.substring("jdbc:h2:file:".length()));
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
            try (InputStream script = Database.class.getResourceAsStream("/db/migration/V1__tables.sql")) {
                return new String(script.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
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
