package io.consentbridge.decision;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.consentbridge.consent.Evidence;
import java.util.Map;

/** Converts evidence to and from the JSON that the database stores. */
final class EvidenceText {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private EvidenceText() {}

    static String write(Evidence evidence) {
        try {
            return JSON.writeValueAsString(evidence);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("evidence can always be written", impossible);
        }
    }

    /** The same for the ledger. */
    static Map<String, Object> map(Evidence evidence) {
        return JSON.convertValue(evidence, new TypeReference<>() {});
    }

    static Evidence read(String text) {
        try {
            return JSON.readValue(text, Evidence.class);
        } catch (JsonProcessingException damaged) {
            throw new IllegalStateException("the evidence in the database cannot be read", damaged);
        }
    }
}
