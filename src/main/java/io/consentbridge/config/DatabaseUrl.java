package io.consentbridge.config;

import java.util.Optional;

/** What is wrong with a {@code database.url}. A URL may carry a password, so it is never shown. */
final class DatabaseUrl {

    private static final String SQLITE = "jdbc:sqlite:";

    private DatabaseUrl() {}

    static Optional<String> problem(String url) {
        if (url.startsWith("jdbc:postgresql:")) {
            return Optional.empty();
        }
        if (url.startsWith("jdbc:h2:")) {
            return Optional.of(
                    "database.url names a database of H2, which was the embedded engine before version 0.1.0; this version uses SQLite and cannot read it");
        }
        if (!url.startsWith(SQLITE)) {
            return Optional.of("database.url names an unsupported database");
        }
        String file = url.substring(SQLITE.length());
        if (file.isBlank() || file.startsWith(":memory:") || file.startsWith("file:")) {
            return Optional.of(
                    "database.url names no file; a database in memory loses all refusals when the process ends");
        }
        return file.contains("?")
                ? Optional.of("database.url has settings after a question mark, and a file of SQLite takes none")
                : Optional.empty();
    }
}
