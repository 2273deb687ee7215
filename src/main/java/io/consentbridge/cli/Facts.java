package io.consentbridge.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;

/** One thing told as name and value, a line each; a value of several lines is indented under its name. */
final class Facts {

    private final Map<String, String> facts = new LinkedHashMap<>();

    /** Left out when the value is null or empty. */
    Facts add(String name, Object value) {
        if (value != null && !value.toString().isEmpty()) {
            facts.put(name, Words.text(value));
        }
        return this;
    }

    void print(PrintWriter out) {
        int width = facts.keySet().stream().mapToInt(String::length).max().orElse(0) + 2;
        facts.forEach((name, value) -> {
            String label = name;
            for (String line : value.split("\n")) {
                out.println(label + " ".repeat(width - label.length()) + line);
                label = "";
            }
        });
    }
}
