package io.consentbridge.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes facts as name and value, one line each. Text from outside never begins a line, so that it cannot look like another
 * fact.
 */
final class Facts {

    private final Map<String, List<String>> facts = new LinkedHashMap<>();

    /** Adds a fact on one line; leaves it out when the value is null or empty. */
    Facts add(String name, Object value) {
        return lines(name, value == null || value.toString().isEmpty() ? List.of() : List.of(Words.text(value)));
    }

    /** Adds one line each, indented under the name; adds nothing when there are none. */
    Facts lines(String name, List<String> lines) {
        if (!lines.isEmpty()) {
            facts.put(Visible.line(name), lines.stream().map(Visible::line).toList());
        }
        return this;
    }

    void print(PrintWriter out) {
        int width = facts.keySet().stream().mapToInt(String::length).max().orElse(0) + 2;
        facts.forEach((name, lines) -> {
            String label = name;
            for (String line : lines) {
                out.println(label + " ".repeat(width - label.length()) + line);
                label = "";
            }
        });
    }
}
