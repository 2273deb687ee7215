package io.consentbridge.zoho;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON objects as Maps that nobody can change: they travel through steps of routes. What Zoho replied is noted with its call,
 * so that the step that reads it knows it again; where it cannot be read that is a fault of Zoho and no error of Jackson.
 */
final class JsonObjects extends StdDeserializer<Map<?, ?>> {

    private static final long serialVersionUID = 1;

    /** A decimal of more places would take as much memory as its exponent says when it is written out. */
    private static final int MOST_PLACES = 1000;

    JsonObjects() {
        super(Map.class);
    }

    @Override
    public Map<?, ?> deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        if (!(parser.getInputSource() instanceof ReplyStream reply)) {
            return parser.hasToken(JsonToken.START_OBJECT)
                    ? object(parser)
                    : (Map<?, ?>) context.handleUnexpectedToken(Map.class, parser);
        }
        try {
            Map<String, Object> json = object(parser);
            if (parser.nextToken() != null) {
                throw reply.unreadable();
            }
            return reply.readAs(json);
        } catch (IOException broken) {
            // Jackson quotes the body in its message, and the body may be about a person: it is not kept as a cause.
            throw reply.unreadable();
        }
    }

    /** The same, as if it had been read here: nobody can change it. */
    static Map<String, Object> frozen(Map<?, ?> fields) {
        Map<String, Object> frozen = new LinkedHashMap<>();
        fields.forEach((name, value) -> frozen.put(String.valueOf(name), frozen(value)));
        return Collections.unmodifiableMap(frozen);
    }

    private static Object frozen(Object value) {
        if (value instanceof Map<?, ?> fields) {
            return frozen(fields);
        }
        if (value instanceof List<?> rows) {
            List<Object> frozen = new ArrayList<>(rows.size());
            rows.forEach(row -> frozen.add(frozen(row)));
            return Collections.unmodifiableList(frozen);
        }
        return value;
    }

    private static Map<String, Object> object(JsonParser parser) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        String name = parser.nextFieldName();
        while (name != null) {
            int before = fields.size();
            fields.put(name, value(parser, parser.nextToken()));
            if (fields.size() == before) {
                throw new JsonParseException(parser, "an object has a name twice");
            }
            name = parser.nextFieldName();
        }
        return Collections.unmodifiableMap(fields);
    }

    private static List<Object> array(JsonParser parser) throws IOException {
        ArrayList<Object> values = new ArrayList<>();
        for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
            values.add(value(parser, next));
        }
        values.trimToSize();
        return Collections.unmodifiableList(values);
    }

    private static Object value(JsonParser parser, JsonToken token) throws IOException {
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> parser.getNumberValue();
            case VALUE_NUMBER_FLOAT -> decimal(parser);
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_NULL -> null;
            default -> throw new JsonParseException(parser, "this is no value");
        };
    }

    private static Number decimal(JsonParser parser) throws IOException {
        BigDecimal exact = parser.getDecimalValue();
        if (Math.abs((long) exact.scale()) <= MOST_PLACES) {
            return exact;
        }
        return parser.getDoubleValue();
    }
}
