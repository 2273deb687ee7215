package io.consentbridge.store;

import java.nio.file.Path;
import java.util.Locale;

/**
 * The location of the database, and the URL under which its driver opens it.
 *
 * @param engine what stores it
 * @param file the file; null for a server
 * @param server host and database for messages; null for a file
 * @param driverUrl the URL with every setting on which the product relies
 * @param durable whether a commit is on disk before it returns
 */
record DatabaseLocation(Engine engine, Path file, String server, String driverUrl, boolean durable) {

    private static final String SQLITE = "jdbc:sqlite:";
    private static final String SERVER = "jdbc:postgresql:";

    /** Inserts are sent as multi-row inserts, and messages do not contain the server's detail texts, which quote rows. */
    private static final String[] SERVER_SETTINGS = {
        "reWriteBatchedInserts=true", "logServerErrorDetail=false", "ApplicationName=consentbridge", "connectTimeout=10"
    };

    /** Whether the URL is of one of our engines. */
    static boolean isKnown(String url) {
        return url.startsWith(SQLITE) || url.startsWith(SERVER);
    }

    static DatabaseLocation of(String url) {
        if (url.startsWith(SQLITE)) {
            Path file = path(url.substring(SQLITE.length()));
            return new DatabaseLocation(Engine.SQLITE, file, null, SQLITE + file, true);
        }
        if (url.startsWith(SERVER)) {
            String shown =
                    url.substring(SERVER.length()).replaceFirst("[?].*", "").replaceFirst("^//", "");
            return new DatabaseLocation(
                    Engine.POSTGRESQL, null, shown, with(url, url.contains("?") ? "&" : "?", SERVER_SETTINGS), true);
        }
        throw new DatabaseFault(
                "database.url must begin with %s or %s//; it does not.".formatted(SQLITE, SERVER),
                DatabaseFault.Kind.MISFIT);
    }

    /** A file that may be lost when the machine fails, such as that of a preview. */
    static DatabaseLocation scratch(Path file) {
        return new DatabaseLocation(Engine.SQLITE, file, null, SQLITE + file, false);
    }

    private static Path path(String given) {
        return Path.of(given.startsWith("~") ? System.getProperty("user.home") + given.substring(1) : given)
                .toAbsolutePath()
                .normalize();
    }

    /** Whether it is a file, for the processes of one machine. */
    boolean embedded() {
        return engine != Engine.POSTGRESQL;
    }

    /** The database in words, at the beginning of a sentence. */
    String shown() {
        return embedded() ? "The database file " + file : "The database of PostgreSQL at " + server;
    }

    /** The same, shorter. */
    String where() {
        return embedded() ? "the file " + file : "PostgreSQL at " + server;
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
