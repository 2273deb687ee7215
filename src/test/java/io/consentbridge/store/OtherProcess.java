package io.consentbridge.store;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Another process on a database: it opens it, and, told so, commits a row and dies without closing anything. */
final class OtherProcess {

    private OtherProcess() {}

    public static void main(String[] arguments) {
        try {
            Database database = Database.open(arguments[0], null, null);
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

    /** Runs it and returns its exit status and what it said. */
    static String run(String url, String what) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path")
                                + File.pathSeparator
                                + System.getProperty("surefire.test.class.path", ""),
                        OtherProcess.class.getName(),
                        url,
                        what)
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() + " " + said;
    }
}
