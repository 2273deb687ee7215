package io.consentbridge.zoho;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * A value of unmarshalled JSON, for reading it without asking at each step whether it is there: a path that leads nowhere leads to
 * a value that is {@link #isAbsent() absent}.
 *
 * @param value a {@code Map}, {@code List}, text, number or {@code Boolean}; null when it is absent or null
 */
public record JsonValue(Object value) {

    private static final JsonValue ABSENT = new JsonValue(null);

    /** The field of that name. */
    public JsonValue path(String name) {
        return value instanceof Map<?, ?> fields ? of(fields.get(name)) : ABSENT;
    }

    /** The row at that place, counted from 0. */
    public JsonValue path(int row) {
        return value instanceof List<?> rows && row < rows.size() ? of(rows.get(row)) : ABSENT;
    }

    private static JsonValue of(Object value) {
        return value == null ? ABSENT : new JsonValue(value);
    }

    /** Whether there is no such value, or it is null. */
    public boolean isAbsent() {
        return value == null;
    }

    /** Whether it is an object that has that field, be it null. */
    public boolean has(String name) {
        return value instanceof Map<?, ?> fields && fields.containsKey(name);
    }

    public boolean isObject() {
        return value instanceof Map;
    }

    public boolean isList() {
        return value instanceof List;
    }

    public boolean isText() {
        return value instanceof String;
    }

    public boolean isFlag() {
        return value instanceof Boolean;
    }

    /** The fields of an object, as they are; none of anything else. Nobody can change them. */
    @SuppressWarnings("unchecked")
    public Map<String, Object> fields() {
        return isObject() ? (Map<String, Object>) value : Map.of();
    }

    /** Whether it has no values: it is absent, empty, or neither a list nor an object. */
    public boolean isEmpty() {
        return values().isEmpty();
    }

    /** The values of a list or of the fields of an object; none of anything else. */
    public List<JsonValue> values() {
        Collection<?> values =
                value instanceof List<?> rows ? rows : value instanceof Map<?, ?> fields ? fields.values() : List.of();
        return values.stream().map(JsonValue::of).toList();
    }

    /** As text, also where it is a number or a flag; empty when it is absent, a list or an object. */
    public String text() {
        return text("");
    }

    /** {@link #text()}, or something else when it is absent. */
    public String text(String absent) {
        if (value == null) {
            return absent;
        }
        return isObject() || isList() ? "" : value.toString();
    }

    /** Whether it is true, also as a text or as a number but 0; something else when it says neither. */
    public boolean flag(boolean otherwise) {
        if (value instanceof Number number) {
            return number.doubleValue() != 0;
        }
        return switch (text().strip()) {
            case "true" -> true;
            case "false" -> false;
            default -> otherwise;
        };
    }

    /** As a whole number, also where it is a text; something else when it is none. */
    public long whole(long otherwise) {
        if (value instanceof Number number) {
            return number.longValue();
        }
        String text = text();
        return text.matches("-?[0-9]{1,18}") ? Long.parseLong(text) : otherwise;
    }
}
