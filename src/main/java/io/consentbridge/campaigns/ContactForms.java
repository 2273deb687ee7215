package io.consentbridge.campaigns;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.consentbridge.zoho.ZohoRequest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;

/**
 * Makes an HTTP call of a {@link ContactCall}; bound as {@code contactForms}. What is about the person stands in the
 * form body, as JSON, and nowhere else (docs/zoho-notes.md, "Campaigns: subscribing").
 */
public final class ContactForms {

    static final String SUBSCRIBE = "json/listsubscribe";
    static final String UNSUBSCRIBE = "json/listunsubscribe";
    static final String DO_NOT_MAIL = "json/contactdonotmail";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Adds a person to a list, or updates who is on it. */
    public void subscribe(Exchange exchange) {
        ContactCall call = call(exchange);
        Map<String, String> form = form(call.listKey(), call.contactInfo());
        if (!call.topicIds().isEmpty()) {
            // Several topics, comma-separated, are documented for the sister product only (docs/zoho-notes.md,
            // "Campaigns: subscribing").
            form.put("topic_id", String.join(",", call.topicIds()));
        }
        if (call.source() != null) {
            form.put("source", call.source());
        }
        place(exchange, call, SUBSCRIBE, form);
    }

    /** Takes a person off a list. */
    public void unsubscribe(Exchange exchange) {
        ContactCall call = call(exchange);
        place(exchange, call, UNSUBSCRIBE, form(call.listKey(), addressOf(call)));
    }

    /** Puts a person into the organisation's Do-Not-Mail registry. */
    public void doNotMail(Exchange exchange) {
        ContactCall call = call(exchange);
        place(exchange, call, DO_NOT_MAIL, form(null, addressOf(call)));
    }

    private static ContactCall call(Exchange exchange) {
        return exchange.getMessage().getBody(ContactCall.class);
    }

    private static Map<String, String> addressOf(ContactCall call) {
        return Map.of(ContactCall.EMAIL, call.contactInfo().get(ContactCall.EMAIL));
    }

    private static Map<String, String> form(String listKey, Map<String, String> contactInfo) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("resfmt", "JSON");
        if (listKey != null) {
            form.put("listkey", listKey);
        }
        form.put("contactinfo", json(contactInfo));
        return form;
    }

    private static void place(Exchange exchange, ContactCall call, String method, Map<String, String> form) {
        byte[] body = ZohoRequest.encode(form).getBytes(StandardCharsets.UTF_8);
        CampaignsRequests.placeContact(exchange, call, method, body);
    }

    private static String json(Map<String, String> contactInfo) {
        try {
            return JSON.writeValueAsString(contactInfo);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of texts is always JSON", e);
        }
    }
}
