package io.consentbridge.behaviours;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Every behaviour of the product with the tests that say they prove it, or with the reason why none does yet.
 *
 * @param rows by number: area and sentence
 * @param reasons by number: why there is no test yet
 * @param names of all tests
 */
record Behaviours(SortedMap<Integer, Row> rows, SortedMap<Integer, String> reasons, List<TestName> names) {

    private static final String HEAD = """
            # Behaviours

            What the product is to do, one behaviour a row, with the tests that prove it. The build makes this table from the names of the tests and fails where a behaviour has neither a test nor a reason. `%s` makes it anew; the behaviours and the reasons are in `src/test/resources/behaviours.tsv` and `not-yet.tsv`.

            | # | area | behaviour | proven by |
            |---|---|---|---|
            """;

    /** One behaviour in short. */
    record Row(String area, String sentence) {}

    static Behaviours read(Path rows, Path reasons, List<TestName> names) {
        SortedMap<Integer, Row> read = new TreeMap<>();
        lines(rows, 3).forEach((number, cells) -> read.put(number, new Row(cells.get(0), cells.get(1))));
        SortedMap<Integer, String> why = new TreeMap<>();
        lines(reasons, 2).forEach((number, cells) -> why.put(number, cells.get(0)));
        return new Behaviours(read, why, names);
    }

    /** What a person must mend before the table is true. */
    List<String> problems() {
        SortedMap<Integer, List<TestName>> proofs = proofs();
        List<String> problems = new ArrayList<>();
        names.forEach(name -> name.behaviours().stream()
                .filter(number -> !rows.containsKey(number))
                .forEach(number -> problems.add("%s: there is no behaviour B%d".formatted(name.place(), number))));
        for (int number : rows.keySet()) {
            if (!proofs.containsKey(number) && !reasons.containsKey(number)) {
                problems.add("B%d has no test: name one after it, or give a reason in not-yet.tsv".formatted(number));
            }
        }
        reasons.forEach((number, reason) -> {
            if (!rows.containsKey(number)) {
                problems.add("not-yet.tsv: there is no behaviour B%d".formatted(number));
            } else if (proofs.containsKey(number)) {
                problems.add("not-yet.tsv: B%d has a test by now (%s); take its line out"
                        .formatted(number, proofs.get(number).get(0).place()));
            }
        });
        return problems;
    }

    /** The page {@code docs/behaviours.md}, one line a row, so that branches merge. */
    String page(String command) {
        SortedMap<Integer, List<TestName>> proofs = proofs();
        StringBuilder page = new StringBuilder(HEAD.formatted(command));
        rows.forEach((number, row) -> page.append("| B%d | %s | %s | %s |%n"
                .formatted(number, row.area(), row.sentence(), cell(number, proofs))
                .replace("\r", "")));
        return page.toString();
    }

    /** The reasons that are still needed, as the file has them. */
    String reasonsLeft() {
        Map<Integer, List<TestName>> proofs = proofs();
        return reasons.entrySet().stream()
                .filter(reason -> !proofs.containsKey(reason.getKey()))
                .map(reason -> reason.getKey() + "\t" + reason.getValue() + "\n")
                .collect(Collectors.joining());
    }

    private String cell(int number, Map<Integer, List<TestName>> proofs) {
        return proofs.containsKey(number)
                ? proofs.get(number).stream().map(TestName::shown).distinct().collect(Collectors.joining("<br>"))
                : "*not yet:* " + reasons.get(number);
    }

    private SortedMap<Integer, List<TestName>> proofs() {
        SortedMap<Integer, List<TestName>> proofs = new TreeMap<>();
        names.stream()
                .sorted(Comparator.comparing(TestName::testClass).thenComparing(TestName::text))
                .forEach(name -> name.behaviours()
                        .forEach(number -> proofs.computeIfAbsent(number, each -> new ArrayList<>())
                                .add(name)));
        return proofs;
    }

    private static SortedMap<Integer, List<String>> lines(Path file, int columns) {
        SortedMap<Integer, List<String>> lines = new TreeMap<>();
        try {
            for (String line : Files.readAllLines(file)) {
                List<String> cells = List.of(line.split("\t"));
                if (cells.size() != columns || !cells.get(0).matches("\\d+")) {
                    throw new AssertionError(file + ": not a number and texts with tabs between: " + line);
                }
                if (lines.put(Integer.valueOf(cells.get(0)), cells.subList(1, columns)) != null) {
                    throw new AssertionError(file + ": B" + cells.get(0) + " stands there twice");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lines;
    }
}
