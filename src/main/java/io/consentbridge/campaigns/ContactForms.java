package io.consentbridge.campaigns;

import io.consentbridge.consent.ConsentBreach;
import io.consentbridge.zoho.ZohoRequest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;

/**
 * Makes an HTTP call of a {@link ContactCall}; bound as {@code contactForms}. Data about the person are in the form body, as
 * JSON, and nowhere else: first as a Map, which a step of the route makes JSON, then within the form (docs/zoho-notes.md,
 * "Campaigns: subscribing").
 */
public final class ContactForms {

    static final String SUBSCRIBE = "json/listsubscribe";
    static final String UNSUBSCRIBE = "json/listunsubscribe";
    static final String DO_NOT_MAIL = "json/contactdonotmail";

    /** The exchange property that keeps the call while the body is the person's data. */
    private static final String CALL = "contactCall";

    /** Makes the person's data the body, display name to value, and keeps the call. */
    public void info(Exchange exchange) {
        say(exchange, exchange.getMessage().getBody(ContactCall.class).contactInfo());
    }

    /** Like {@link #info}, with the address only. */
    public void addressOnly(Exchange exchange) {
        Map<String, String> info =
                exchange.getMessage().getBody(ContactCall.class).contactInfo();
        say(exchange, Map.of(ContactCall.EMAIL, info.get(ContactCall.EMAIL)));
    }

    private static void say(Exchange exchange, Map<String, String> info) {
        exchange.setProperty(CALL, exchange.getMessage().getBody());
        exchange.getMessage().setBody(info);
    }

    /** Adds a person to a list, or updates a member. The body is the person's data as JSON, also for the other calls. */
    public void subscribe(Exchange exchange) {
        ContactCall call = call(exchange);
        Map<String, String> form = form(exchange, call.listKey());
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

    /** Unsubscribes a person from a list. */
    public void unsubscribe(Exchange exchange) {
        ContactCall call = call(exchange);
        place(exchange, call, UNSUBSCRIBE, form(exchange, call.listKey()));
    }

    /** Puts a person into the organisation's Do-Not-Mail registry. */
    public void doNotMail(Exchange exchange) {
        ContactCall call = call(exchange);
        place(exchange, call, DO_NOT_MAIL, form(exchange, null));
    }

    private static ContactCall call(Exchange exchange) {
        ContactCall call = exchange.getProperty(CALL, ContactCall.class);
        if (call == null) {
            throw new ConsentBreach("a form is made of no contact call");
        }
        return call;
    }

    private static Map<String, String> form(Exchange exchange, String listKey) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("resfmt", "JSON");
        if (listKey != null) {
            form.put("listkey", listKey);
        }
        form.put("contactinfo", json(exchange));
        return form;
    }

    private static void place(Exchange exchange, ContactCall call, String method, Map<String, String> form) {
        byte[] body = ZohoRequest.encode(form).getBytes(StandardCharsets.UTF_8);
        CampaignsRequests.placeContact(exchange, call, method, body);
    }

    private static String json(Exchange exchange) {
        byte[] json = exchange.getMessage().getBody(byte[].class);
        if (json == null) {
            throw new ConsentBreach("a form is made of something else than JSON about a person");
        }
        return new String(json, StandardCharsets.UTF_8);
    }
}
