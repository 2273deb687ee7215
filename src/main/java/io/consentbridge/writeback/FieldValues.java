package io.consentbridge.writeback;

import io.consentbridge.zoho.ZohoJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** The fields of an update as JSON for the database; a time keeps its kind. */
final class FieldValues {

    private static final String TIME = "time";

    private FieldValues() {}

    static String write(Map<String, Object> fields) {
        Map<String, Object> json = new LinkedHashMap<>();
        fields.forEach((field, value) ->
                json.put(field, value instanceof Instant time ? Map.of(TIME, time.toString()) : value));
        return ZohoJson.write(json);
    }

    static Map<String, Object> read(String json) {
        try {
            Map<String, Object> fields = new LinkedHashMap<>();
            ZohoJson.read(json.getBytes(StandardCharsets.UTF_8))
                    .forEach((field, value) -> fields.put(
                            field,
                            value instanceof Map<?, ?> time ? Instant.parse(String.valueOf(time.get(TIME))) : value));
            return fields;
        } catch (IOException unreadable) {
            // The parser's message would quote the values.
            throw new IllegalStateException("a stored update of a record is no JSON that this version reads");
        }
    }

    /** Both together: the later value stands, but what once was yes stays so. */
    static Map<String, Object> merged(Map<String, Object> earlier, Map<String, Object> later) {
        Map<String, Object> both = new LinkedHashMap<>(earlier);
        later.forEach((field, value) -> both.merge(
                field, value, (before, now) -> Boolean.TRUE.equals(before) && now instanceof Boolean ? before : now));
        return both;
    }
}
