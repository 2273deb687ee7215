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
import java.util.UUID;

/** Fresh databases for tests: H2 in a temporary file, or one on the PostgreSQL of this JVM. */
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
            String name = "t" + UUID.randomUUID().toString().replace("-", "");
            try (Connection connection = Server.ONE.getPostgresDatabase().getConnection()) {
                connection.createStatement().execute("create database " + name);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            return Server.ONE.getJdbcUrl("postgres", name).replaceFirst("[?].*", "");
        }
    };

    /** The URL of an empty database. */
    public abstract String fresh();

    /** An empty database with our tables. */
    public Database open() {
        return reopen(fresh());
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
    }
}
