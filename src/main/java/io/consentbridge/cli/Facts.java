package io.consentbridge.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One thing told as name and value, a line each. What others wrote begins no line of its own, so that it looks like no other fact. */
final class Facts {

    private final Map<String, List<String>> facts = new LinkedHashMap<>();

    /** On one line; left out when the value is null or empty. */
    Facts add(String name, Object value) {
        return lines(name, value == null || value.toString().isEmpty() ? List.of() : List.of(Words.text(value)));
    }

    /** A line each, indented under the name; left out when there is none. */
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
