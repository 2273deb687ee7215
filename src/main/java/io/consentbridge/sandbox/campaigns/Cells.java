package io.consentbridge.sandbox.campaigns;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A row of a reply about campaigns: everything in it is text, and what there is no value for is written as
 * {@link OpenPoint#ABSENT} says.
 */
final class Cells {

    private static final String NULL = "null";

    private final Choices choices;
    private final Map<String, Object> of = new LinkedHashMap<>();

    Cells(Choices choices) {
        this.choices = choices;
    }

    /** Adds a text, null for none. */
    Cells text(String name, Object value) {
        if (value != null) {
            of.put(name, value.toString());
            return this;
        }
        switch (choices.value(OpenPoint.ABSENT)) {
            case "null" -> of.put(name, NULL);
            case "empty" -> of.put(name, "");
            default -> {}
        }
        return this;
    }

    /** Adds a time in milliseconds, 0 for none. */
    Cells millis(String name, long at) {
        return text(name, at == 0 ? null : at);
    }

    /** Adds a time in milliseconds as text for people, 0 for none. */
    Cells date(String name, long at) {
        return text(name, at == 0 ? null : ListCalls.text(at));
    }

    Cells count(String name, long count) {
        of.put(name, number(count));
        return this;
    }

    private String number(long count) {
        return switch (choices.value(OpenPoint.NUMBERS)) {
            case "grouped" -> String.format(Locale.ROOT, "%,d", count);
            case "null" -> count == 0 ? NULL : Long.toString(count);
            case "empty" -> count == 0 ? "" : Long.toString(count);
            default -> Long.toString(count);
        };
    }

    /** Adds how much of the whole a part is, in per cent with one decimal. */
    Cells percent(String name, long part, long whole) {
        of.put(name, String.format(Locale.ROOT, "%.1f", whole == 0 ? 0.0 : 100.0 * part / whole));
        return this;
    }

    Map<String, Object> row() {
        return of;
    }
}
