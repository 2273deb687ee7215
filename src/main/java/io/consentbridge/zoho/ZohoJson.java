package io.consentbridge.zoho;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.util.Map;

/**
 * The one mapper for JSON of both APIs; its {@link #MAPPER} is bound as {@code zohoJson}, which the {@code marshal} and
 * {@code unmarshal} steps of the routes name.
 *
 * <p>A JSON object becomes an unmodifiable {@code Map}, an array an unmodifiable {@code List}. Whole numbers become
 * {@code Integer}, {@code Long} or {@code BigInteger}, decimals {@code BigDecimal}: no digit is lost. Jackson's own limits hold:
 * 1,000 levels, 1,000 digits of a number, 20 million characters of a text. A name that an object has twice, and anything behind
 * the value, is an error.
 */
public final class ZohoJson {

    public static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .addModule(new SimpleModule("zoho-json").addDeserializer(Map.class, new JsonObjects()))
            .build();

    private ZohoJson() {}

    /**
     * Reads a JSON object.
     *
     * @throws IOException when it is none
     */
    @SuppressWarnings("unchecked")
    public static Map<String, Object> read(byte[] json) throws IOException {
        Map<String, Object> object = MAPPER.readValue(json, Map.class);
        if (object == null) {
            throw new IOException("null is no JSON object");
        }
        return object;
    }

    /** Whether JSON says the same as a Map; null says nothing. */
    public static boolean says(byte[] json, Map<?, ?> same) {
        try {
            // Written and read, so that equal numbers are equal whatever their Java types.
            return json != null && read(json).equals(read(MAPPER.writeValueAsBytes(same)));
        } catch (IOException none) {
            return false;
        }
    }

    /** What was read, as JSON again; the same text for the same value. */
    public static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("this cannot be written as JSON", e);
        }
    }
}
