package bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A PostgreSQL: that of the tests in a process of its own, or one that the user names. Every database is a schema of it. */
final class Postgres implements AutoCloseable {

    private static final String SCHEMA = "consentbridge_bench";

    private final String url;
    private final String user;
    private final String password;
    private final Optional<Server> server;

    private Postgres(String url, String user, String password, Optional<Server> server) {
        this.url = url;
        this.user = user;
        this.password = password;
        this.server = server;
    }

    /** Opens the PostgreSQL of the URL, as {@code DATABASE_USER}; with null starts one. */
    static Postgres open(Home home, String url) throws IOException, InterruptedException {
        if (url != null) {
            Map<String, String> environment = System.getenv();
            return new Postgres(
                    url,
                    environment.getOrDefault("DATABASE_USER", "postgres"),
                    environment.getOrDefault("DATABASE_PASSWORD", ""),
                    Optional.empty());
        }
        int port = Server.freePort();
        List<String> line = List.of(
                Home.javaCommand(),
                "-cp",
                testLibraries(home),
                home.folder()
                        .resolve("src/bench/java/postgres/PostgresServer.java")
                        .toString(),
                Integer.toString(port),
                Files.createDirectories(home.work().resolve("postgres")).toString());
        Server server = Server.start(home.work(), "postgres-server", line, Map.of());
        Postgres own = new Postgres(
                "jdbc:postgresql://127.0.0.1:" + port + "/postgres", "postgres", "postgres", Optional.of(server));
        server.ready(own::answers);
        return own;
    }

    private static String testLibraries(Home home) throws IOException, InterruptedException {
        Path file = home.work().resolve("test-libraries");
        Program.start(
                        home.work(),
                        "maven",
                        List.of(
                                "mvn",
                                "-q",
                                "-B",
                                "-f",
                                home.folder().resolve("pom.xml").toString(),
                                "dependency:build-classpath",
                                "-Dmdep.includeScope=test",
                                "-Dmdep.outputFile=" + file),
                        Map.of())
                .end();
        return Files.readString(file).strip().replace("\n", File.pathSeparator);
    }

    /** An empty database; a former one is dropped. */
    Store fresh() throws SQLException {
        drop();
        execute("create schema " + SCHEMA);
        return new Store(url + (url.contains("?") ? "&" : "?") + "currentSchema=" + SCHEMA, user, password);
    }

    void drop() throws SQLException {
        execute("drop schema if exists " + SCHEMA + " cascade");
    }

    private boolean answers() {
        try {
            execute("select 1");
            return true;
        } catch (SQLException notYet) {
            return false;
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, user, password);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() {
        server.ifPresent(Server::close);
    }
}
