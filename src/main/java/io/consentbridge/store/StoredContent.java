package io.consentbridge.store;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a file of a database holds.
 *
 * @param file the file
 * @param bytes its size, with its write-ahead log
 * @param problems what SQLite found wrong, in its words; empty if the file is whole
 * @param rows the number of rows of each of our tables, by name; empty if the file cannot be read that far
 */
public record StoredContent(Path file, long bytes, List<String> problems, Map<String, Long> rows) {

    /** Creates the content with copies of the collections. */
    public StoredContent {
        problems = List.copyOf(problems);
        rows = Collections.unmodifiableMap(new TreeMap<>(rows));
    }

    /** Whether nothing is wrong with the file. */
    public boolean whole() {
        return problems.isEmpty();
    }
}
