package io.consentbridge.person;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;
import java.util.TreeMap;

/** How many rows of which table were removed, as JSON. */
final class RemovedRows {

    private static final JsonMapper JSON = new JsonMapper();

    private RemovedRows() {}

    static String write(Map<String, Integer> rows) {
        try {
            return JSON.writeValueAsString(new TreeMap<>(rows));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static Map<String, Integer> read(String text) {
        try {
            return JSON.readValue(text, new TypeReference<>() {});
        } catch (JsonProcessingException damaged) {
            throw new IllegalStateException("the protocol of an erasure cannot be read", damaged);
        }
    }
}
