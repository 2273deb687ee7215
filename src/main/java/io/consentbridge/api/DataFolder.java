package io.consentbridge.api;

import io.consentbridge.config.Home;
import io.consentbridge.config.Settings;
import io.consentbridge.runtime.Options;
import java.nio.file.Path;

/**
 * Finds the folder in which an installation keeps what is not in its database: beside the embedded database, otherwise
 * {@code data/} in its home.
 */
public final class DataFolder {

    private static final String EMBEDDED = "jdbc:sqlite:";

    private DataFolder() {}

    /** Returns the folder of an open installation. */
    public static Path of(Options options, Settings settings) {
        return of(
                settings.database().url(),
                Home.of(options.config(), options.environment()).folder());
    }

    /**
     * Returns the folder that belongs to a {@code database.url}.
     *
     * @param databaseUrl the URL; the file of an embedded database has its full path
     * @param home the home folder of the installation
     */
    public static Path of(String databaseUrl, Path home) {
        if (!databaseUrl.startsWith(EMBEDDED)) {
            return home.resolve("data");
        }
        String file = databaseUrl.substring(EMBEDDED.length());
        if (file.startsWith("~/")) {
            file = System.getProperty("user.home") + file.substring(1);
        }
        return home.resolve(file).normalize().getParent();
    }
}
