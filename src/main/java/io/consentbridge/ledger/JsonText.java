package io.consentbridge.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;

/** Texts of JSON objects with sorted keys, as the ledger's tables have them. */
final class JsonText {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private JsonText() {}

    static String of(Map<String, ?> values) {
        if (values.isEmpty()) {
            return "{}";
        }
        try {
            return JSON.writeValueAsString(values);
        } catch (JsonProcessingException impossible) {
            throw new IllegalArgumentException("inputs and evidence are plain values", impossible);
        }
    }

    /** A text with its quotation marks. */
    static String of(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                return "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"";
            }
        }
        return "\"" + text + "\"";
    }

    static Map<String, Object> read(String text) {
        try {
            return JSON.readValue(text, new TypeReference<>() {});
        } catch (JsonProcessingException damaged) {
            throw new IllegalStateException("a JSON text in the ledger cannot be read");
        }
    }
}
