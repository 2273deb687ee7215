package io.consentbridge.audience;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Contents as JSON. */
public final class Contents {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Contents() {}

    public static String write(Content content) {
        try {
            return JSON.writeValueAsString(content);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a content cannot be written as JSON", e);
        }
    }

    public static Content read(String json) {
        try {
            return JSON.readValue(json, Content.class);
        } catch (JsonProcessingException e) {
            // The parser's message would quote the content.
            throw new IllegalStateException("a stored content is no JSON that this version reads");
        }
    }
}
