package io.consentbridge.store;

import java.nio.file.Path;
import java.util.Locale;

/**
 * The location of the database, and the URL under which its driver opens it.
 *
 * @param embedded whether it is a file of H2
 * @param file the file without its ending; null for a server
 * @param server host and database for messages; null for a file
 * @param driverUrl the URL with every setting on which the product relies
 */
record DatabaseLocation(boolean embedded, Path file, String server, String driverUrl) {

    private static final String FILE = "jdbc:h2:file:";
    private static final String SERVER = "jdbc:postgresql:";

    /**
     * A commit is on disk before it returns (WRITE_DELAY=0), so that a killed process loses none; the trace file is off
     * because it would quote rows; the database stays open until the product closes it (DB_CLOSE_ON_EXIT). H2 must not answer
     * a repeated query with its last result (OPTIMIZE_REUSE_RESULTS): it releases row locks at a commit before it marks the
     * tables as changed, so that the transaction that waited for the lock could get an outdated result.
     */
    private static final String[] FILE_SETTINGS = {
        "MODE=PostgreSQL",
        "DATABASE_TO_LOWER=TRUE",
        "DEFAULT_NULL_ORDERING=HIGH",
        "WRITE_DELAY=0",
        "LOCK_TIMEOUT=20000",
        "DB_CLOSE_ON_EXIT=FALSE",
        "TRACE_LEVEL_FILE=0",
        "CACHE_SIZE=32768",
        "QUERY_CACHE_SIZE=100",
        "OPTIMIZE_REUSE_RESULTS=0"
    };

    /** Inserts are sent as multi-row inserts, and messages do not contain the server's detail texts, which quote rows. */
    private static final String[] SERVER_SETTINGS = {
        "reWriteBatchedInserts=true", "logServerErrorDetail=false", "ApplicationName=consentbridge", "connectTimeout=10"
    };

    static DatabaseLocation of(String url) {
        if (url.startsWith(FILE)) {
            String rest = url.substring(FILE.length());
            int end = rest.indexOf(';');
            String path = end < 0 ? rest : rest.substring(0, end);
            Path file = Path.of(path.startsWith("~") ? System.getProperty("user.home") + path.substring(1) : path)
                    .toAbsolutePath()
                    .normalize();
            return new DatabaseLocation(
                    true, file, null, with(FILE + file + (end < 0 ? "" : rest.substring(end)), ";", FILE_SETTINGS));
        }
        if (url.startsWith(SERVER)) {
            String shown =
                    url.substring(SERVER.length()).replaceFirst("[?].*", "").replaceFirst("^//", "");
            return new DatabaseLocation(false, null, shown, with(url, url.contains("?") ? "&" : "?", SERVER_SETTINGS));
        }
        throw new DatabaseFault(
                "database.url must begin with %s or %s//; it does not.".formatted(FILE, SERVER),
                DatabaseFault.Kind.MISFIT);
    }

    /** The database in words, at the beginning of a sentence. */
    String shown() {
        return embedded ? "The database file " + file + ".mv.db" : "The database of PostgreSQL at " + server;
    }

    /** The same, shorter. */
    String where() {
        return embedded ? "the file " + file + ".mv.db" : "PostgreSQL at " + server;
    }

    /** Adds each setting that the URL does not have itself. */
    private static String with(String url, String separator, String[] settings) {
        String lower = url.toLowerCase(Locale.ROOT);
        StringBuilder all = new StringBuilder(url);
        String between = separator;
        for (String setting : settings) {
            String name = setting.substring(0, setting.indexOf('=') + 1).toLowerCase(Locale.ROOT);
            if (!lower.contains(name)) {
                all.append(between).append(setting);
                between = separator.equals("?") ? "&" : separator;
            }
        }
        return all.toString();
    }
}
