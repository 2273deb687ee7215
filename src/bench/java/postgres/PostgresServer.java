package postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;

/**
 * The PostgreSQL of the tests as a process, until somebody ends it. Runs as a source file with the libraries of the tests,
 * which the bench itself has not.
 *
 * <p>Arguments: port, folder for its files.
 */
final class PostgresServer {

    private PostgresServer() {}

    public static void main(String[] args) throws Exception {
        // It ends with this process, by a hook of its own.
        EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setPort(Integer.parseInt(args[0]))
                .setOverrideWorkingDirectory(Path.of(args[1]).toFile())
                .start();
        System.out.println(server.getJdbcUrl("postgres", "postgres"));
        Thread.currentThread().join();
    }
}
