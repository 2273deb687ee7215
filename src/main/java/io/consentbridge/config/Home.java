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

    private static final String EMBEDDED = "jdbc:h2:file:";

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
        String[] parts = url.substring(EMBEDDED.length()).split(";", 2);
        return EMBEDDED + resolve(parts[0]) + (parts.length == 2 ? ";" + parts[1] : "");
    }
}
