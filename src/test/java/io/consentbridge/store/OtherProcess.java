package io.consentbridge.store;

import io.consentbridge.TestFolders;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Another process on a database: it opens it, and, told so, commits a row and dies without closing anything. */
final class OtherProcess {

    private OtherProcess() {}

    /** Another process that lives until this is closed, and its first words. */
    record Living(Process process, String said) implements AutoCloseable {
        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    public static void main(String[] arguments) throws Exception {
        try {
            if (arguments[1].equals("test folder")) {
                Files.createFile(TestFolders.make().resolve("file"));
                return;
            }
            if (arguments[0].equals("none")) {
                inTemporaryFolder(arguments[1].equals("leave"));
                return;
            }
            if (arguments[1].equals("restore")) {
                DatabaseFiles.of(arguments[0]).restore(Path.of(System.getProperty("backup")), Instant.now());
                return;
            }
            if (arguments[1].startsWith("lock")) {
                lock(arguments[0], arguments[1].equals("lock for a second"));
                return;
            }
            Database database = TestDatabase.of(arguments[0]).reopen(arguments[0]);
            if (arguments[1].equals("die")) {
                database.change(
                        handle -> handle.execute("insert into sync_cursor (sync, record_id) values ('a', '7')"));
                Runtime.getRuntime().halt(9);
            }
            database.close();
        } catch (DatabaseFault e) {
            System.err.println(e.getMessage());
            Runtime.getRuntime().halt(3);
        }
    }

    /** As a tool for SQLite does it. */
    private static void lock(String url, boolean briefly) throws Exception {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("begin exclusive");
            System.out.println("locked");
            if (briefly) {
                Thread.sleep(1_000);
            } else {
                System.in.read();
            }
            statement.execute("rollback");
        }
    }

    private static void inTemporaryFolder(boolean killed) throws IOException {
        TemporaryFolder folder = TemporaryFolder.make();
        Database database = Database.open(folder.databaseUrl(), null, null);
        System.out.println(folder.path());
        if (killed) {
            Runtime.getRuntime().halt(9);
        }
        System.in.read();
        database.close();
    }

    /** Starts it and waits for its first line. */
    static Living begin(String url, String what) throws IOException {
        Process process = start(url, what);
        return new Living(process, process.inputReader(StandardCharsets.UTF_8).readLine());
    }

    /** Runs it and returns its exit status and what it said. */
    static String run(String url, String what, String... options) throws IOException, InterruptedException {
        Process process = start(url, what, options);
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() + " " + said;
    }

    private static Process start(String url, String what, String... options) throws IOException {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(List.of(options));
        line.add("-cp");
        line.add(System.getProperty("java.class.path")
                + File.pathSeparator
                + System.getProperty("surefire.test.class.path", ""));
        line.addAll(List.of(OtherProcess.class.getName(), url, what));
        return new ProcessBuilder(line).redirectErrorStream(true).start();
    }
}
