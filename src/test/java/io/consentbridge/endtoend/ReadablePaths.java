package io.consentbridge.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tables of "What a route may read" in docs/extending.md. */
final class ReadablePaths {

    private static final Pattern GROUP =
            Pattern.compile("(Beginning of|End of|After the step) (`[^,]*`(?:, `[^,]*`)*)(?:, whose .*)?:");
    private static final Pattern ROW = Pattern.compile("\\| `(\\$\\{.+?})` \\| .+ \\| (.+?) \\|");
    private static final Pattern NAME = Pattern.compile("`(?:direct:)?([a-z-]+)`");

    private ReadablePaths() {}

    /**
     * One path at one place.
     *
     * @param where {@code Beginning of}, {@code End of} or {@code After the step}
     * @param at name of the seam, or id of the step
     * @param never whether its value is never null
     */
    record Readable(String where, String at, String path, boolean never) {

        @Override
        public String toString() {
            return where + " " + at + ": " + path;
        }
    }

    static String section() {
        try {
            String text = Files.readString(Path.of("docs/extending.md"));
            int from = text.indexOf("\n## What a route may read\n");
            return text.substring(from, text.indexOf("\n## ", from + 1));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static List<Readable> all() {
        List<Readable> all = new ArrayList<>();
        String where = "";
        List<String> places = List.of();
        // The line above a table may be wrapped.
        for (String block : section().split("\n\n")) {
            Matcher group = GROUP.matcher(block.strip().replace("\n", " "));
            if (group.matches()) {
                where = group.group(1);
                places = NAME.matcher(group.group(2))
                        .results()
                        .map(name -> name.group(1))
                        .toList();
            }
            for (Matcher row = ROW.matcher(block); row.find(); ) {
                for (String at : places) {
                    all.add(new Readable(where, at, row.group(1), row.group(2).equals("never")));
                }
            }
        }
        return all;
    }
}
