package io.consentbridge.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * The folder of an installation, to which relative paths in settings belong, whatever the current directory: the folder that
 * {@code CONSENTBRIDGE_HOME} names, else the one that contains {@code config/}.
 *
 * @param folder absolute
 */
public record Home(Path folder) {

    /** The environment variable that names it. */
    public static final String VARIABLE = "CONSENTBRIDGE_HOME";

    private static final String EMBEDDED = "jdbc:sqlite:";

    /** @param config the configuration folder */
    public static Home of(Path config, Map<String, String> environment) {
        String given = environment.getOrDefault(VARIABLE, "").strip();
        Path absolute = given.isEmpty()
                ? config.toAbsolutePath().normalize()
                : Path.of(given).toAbsolutePath();
        return new Home(
                given.isEmpty() ? Objects.requireNonNullElse(absolute.getParent(), absolute) : absolute.normalize());
    }

    /** The absolute path of a path in a setting. */
    public Path resolve(String path) {
        return folder.resolve(path).normalize();
    }

    /** A {@code database.url} with the absolute path of its file, if it is one; {@code ~} stays the user's home folder. */
    public String database(String url) {
        if (!url.startsWith(EMBEDDED) || url.startsWith(EMBEDDED + "~")) {
            return url;
        }
        return EMBEDDED + resolve(url.substring(EMBEDDED.length()));
    }
}
