package io.consentbridge.api;

import java.nio.file.Path;

/** Where an installation keeps what is not in its database: beside the embedded database, else in {@code ./data}. */
public final class DataFolder {

    private static final String EMBEDDED = "jdbc:h2:file:";
    private static final Path USUAL = Path.of("data");

    private DataFolder() {}

    /**
     * The folder that belongs to a {@code database.url}.
     *
     * @param databaseUrl null or blank when it is not set
     */
    public static Path of(String databaseUrl) {
        if (databaseUrl == null || !databaseUrl.startsWith(EMBEDDED)) {
            return USUAL;
        }
        String file = databaseUrl.substring(EMBEDDED.length()).split(";", 2)[0];
        if (file.startsWith("~/")) {
            file = System.getProperty("user.home") + file.substring(1);
        }
        Path parent = Path.of(file).normalize().getParent();
        return parent == null ? Path.of("") : parent;
    }
}
