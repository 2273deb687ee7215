package io.consentbridge.zoho;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.consentbridge.consent.ConsentBreach;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * What came back over HTTP, before anybody says what it means.
 *
 * @param status the HTTP status
 * @param date the header of that name; null when the reply has none
 * @param body never null
 */
public record ZohoReply(int status, String date, byte[] body) {

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /**
     * Takes the reply out of the message, and every header off it, so that none travels on.
     *
     * @throws ConsentBreach when it is not what Zoho replied, or no step of the product placed a call
     */
    public static ZohoReply takeFrom(Message message) {
        byte[] given = bytes(message);
        byte[] body = given == null ? new byte[0] : given;
        int status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
        String date = message.getHeader("Date", String.class);
        ZohoReply reply = new ZohoReply(status, date, body);
        PlacedCall call = PlacedCall.in(message.getExchange());
        ZohoRequest.dropHeaders(message);
        if (call == null) {
            throw new ConsentBreach("a reply of Zoho is read for a call that no step of the product makes");
        }
        return call.read(reply);
    }

    // Camel's own conversion takes three buffers of many kilobytes for a reply of a hundred bytes.
    private static byte[] bytes(Message message) {
        if (message.getBody() instanceof ByteArrayInputStream inMemory) {
            return inMemory.readAllBytes();
        }
        return message.getBody(byte[].class);
    }

    /** Zoho's clock when it answered; empty when the reply does not say. */
    public Optional<Instant> answeredAt() {
        if (date == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /**
     * The body as a JSON object, which nobody can change: it travels through steps of routes.
     *
     * @param sender who sent it, for the message of the fault
     * @throws ZohoFault.Transient when it is none: HTML of a gateway, XML, a body that breaks off
     */
    public JsonNode json(String sender) {
        try {
            JsonNode node = JSON.readTree(body);
            if (node != null && node.isObject()) {
                return frozen(node);
            }
        } catch (IOException e) {
            // Jackson quotes the body in its message, and the body may be about a person: it is not kept as a cause.
        }
        throw new ZohoFault.Transient(sender + " answered " + status + " with something else than JSON", null);
    }

    private static JsonNode frozen(JsonNode node) {
        if (node.isObject()) {
            Map<String, JsonNode> fields = new LinkedHashMap<>();
            node.properties().forEach(field -> fields.put(field.getKey(), frozen(field.getValue())));
            return new ObjectNode(JsonNodeFactory.instance, Collections.unmodifiableMap(fields));
        }
        if (node.isArray()) {
            List<JsonNode> rows = new ArrayList<>(node.size());
            node.forEach(row -> rows.add(frozen(row)));
            return new ArrayNode(JsonNodeFactory.instance, Collections.unmodifiableList(rows));
        }
        return node;
    }
}
