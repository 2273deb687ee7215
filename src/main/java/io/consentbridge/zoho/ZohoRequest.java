package io.consentbridge.zoho;

import io.consentbridge.consent.ConsentBreach;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.http.HttpMethods;

/**
 * One HTTP call to Zoho, ready to be sent.
 *
 * @param connection name of the connection
 * @param runId the run that it is counted for; null for none
 * @param api which part of Zoho
 * @param method a fixed word or two for counting, such as {@code coql}; never anything about a person
 * @param verb the HTTP method
 * @param address where to, without a query
 * @param query URL-encoded, without the question mark; null for none; never anything about a person
 * @param headers HTTP headers
 * @param body null for a GET, else what is sent: bytes, or a Map that a step behind makes JSON
 * @param guarded whether the {@link WriteGuard} says what the body may be; otherwise it leaves as it is here
 * @param question what the step that makes the call was asked; the very object, by which reply and question belong together
 */
public record ZohoRequest(
        String connection,
        String runId,
        Api api,
        String method,
        String verb,
        String address,
        String query,
        Map<String, String> headers,
        Object body,
        boolean guarded,
        Object question) {

    /** A call that is a GET without a body, and a POST with one. */
    public ZohoRequest(
            String connection,
            String runId,
            Api api,
            String method,
            String address,
            String query,
            Map<String, String> headers,
            Object body,
            boolean guarded,
            Object question) {
        this(
                connection,
                runId,
                api,
                method,
                body == null ? "GET" : "POST",
                address,
                query,
                headers,
                body,
                guarded,
                question);
    }

    /** The header with the time after which something must have changed. */
    public static final String SINCE = "If-Modified-Since";

    /** The header with the time after which nothing may have changed. */
    public static final String UNMODIFIED = "If-Unmodified-Since";

    /** The content type of a form. */
    public static final String FORM = "application/x-www-form-urlencoded";

    private static final Set<String> REDELIVERY =
            Set.of(Exchange.REDELIVERED, Exchange.REDELIVERY_COUNTER, Exchange.REDELIVERY_MAX_COUNTER);

    /** Parameters encoded for a form body or a query. */
    public static String encode(Map<String, String> parameters) {
        StringBuilder encoded = new StringBuilder();
        parameters.forEach((name, value) -> encoded.append(encoded.isEmpty() ? "" : "&")
                .append(FormText.encode(name))
                .append('=')
                .append(FormText.encode(value)));
        return encoded.toString();
    }

    /**
     * Makes the message this call. All earlier headers are dropped, because Camel would send them; {@link ZohoCalls} removes
     * the header by which it knows the call.
     */
    public void placeIn(Message message) {
        dropHeaders(message);
        headers.forEach(message::setHeader);
        // In the type that Camel's client expects: a text would be looked up among all type converters with every call.
        message.setHeader(Exchange.HTTP_METHOD, HttpMethods.valueOf(verb));
        message.setHeader(Exchange.HTTP_URI, address);
        if (query != null) {
            message.setHeader(Exchange.HTTP_QUERY, query);
        }
        message.setHeader(PlacedCall.HEADER, PlacedCall.place(this, message.getExchange()));
        message.setBody(body);
    }

    /**
     * The call that was put last into an exchange.
     *
     * @throws ConsentBreach if there is none
     */
    public static ZohoRequest placedIn(Exchange exchange) {
        return PlacedCall.of(exchange).request();
    }

    /**
     * The question of that call.
     *
     * @throws ConsentBreach if it is a call of another kind
     */
    public <T> T question(Class<T> kind) {
        if (!kind.isInstance(question)) {
            throw new ConsentBreach("a reply to a call of " + method + " is read as one to a call of another kind");
        }
        return kind.cast(question);
    }

    /** Whether what leaves says what is to be said. */
    boolean says(byte[] leaving) {
        return body instanceof Map<?, ?> json ? ZohoJson.says(leaving, json) : Arrays.equals((byte[]) body, leaving);
    }

    /** The path of the address, as it is written there. */
    String path() {
        int path = address.indexOf('/', address.indexOf("://") + "://".length());
        return path < 0 ? "" : address.substring(path);
    }

    /** Who is asked, for messages. */
    String sender() {
        return connection + ": Zoho " + (api == Api.CRM ? "CRM" : "Campaigns");
    }

    /** Drops all headers but those in which Camel counts redeliveries: without them it would count anew, for ever. */
    static void dropHeaders(Message message) {
        if (message.hasHeaders()) {
            // By name: Camel's own removal matches each header with a pattern, with every call.
            message.getHeaders().keySet().removeIf(name -> !REDELIVERY.contains(name));
        }
    }
}
