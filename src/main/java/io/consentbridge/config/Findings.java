package io.consentbridge.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects problems while the configuration is read, so that all are reported at once. */
final class Findings {

    private final List<Problem> problems = new ArrayList<>();

    void add(Place place, String what, String whatWouldBeRight) {
        problems.add(new Problem(place.file(), place.line(), place.column(), what, whatWouldBeRight));
    }

    int size() {
        return problems.size();
    }

    /** All problems, by file and line. */
    List<Problem> sorted() {
        return problems.stream()
                .sorted(Comparator.comparing(Problem::file)
                        .thenComparing(Problem::line)
                        .thenComparing(Problem::column))
                .distinct()
                .toList();
    }
}
