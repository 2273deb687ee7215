package io.consentbridge.zoho;

import io.consentbridge.consent.ConsentBreach;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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
 * @param address where to, without a query
 * @param query URL-encoded, without the question mark; null for none; never anything about a person
 * @param headers HTTP headers
 * @param body null for a GET, else what is POSTed: bytes, or a Map that a step behind makes JSON
 * @param guarded whether the {@link WriteGuard} says what the body may be; otherwise it leaves as it is here
 * @param question what the step that makes the call was asked; the very object, by which reply and question belong together
 */
public record ZohoRequest(
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

    /** The header with the instant after which something must have changed. */
    public static final String SINCE = "If-Modified-Since";

    /** The content type of a form. */
    public static final String FORM = "application/x-www-form-urlencoded";

    private static final Set<String> REDELIVERY =
            Set.of(Exchange.REDELIVERED, Exchange.REDELIVERY_COUNTER, Exchange.REDELIVERY_MAX_COUNTER);

    /** Parameters as a form body or a query has them. */
    public static String encode(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(each -> encode(each.getKey()) + "=" + encode(each.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /**
     * Makes the message this call. Whatever headers it had are dropped, because Camel would send them along; the one
     * by which {@link ZohoCalls} knows the call is taken off there.
     */
    public void placeIn(Message message) {
        dropHeaders(message);
        headers.forEach(message::setHeader);
        // As what Camel's client wants it to be: a text would be looked up among all type converters with every call.
        message.setHeader(Exchange.HTTP_METHOD, HttpMethods.valueOf(verb()));
        message.setHeader(Exchange.HTTP_URI, address);
        if (query != null) {
            message.setHeader(Exchange.HTTP_QUERY, query);
        }
        message.setHeader(PlacedCall.HEADER, PlacedCall.place(this, message.getExchange()));
        message.setBody(body);
    }

    /**
     * The call that was placed last in an exchange.
     *
     * @throws ConsentBreach when there is none
     */
    public static ZohoRequest placedIn(Exchange exchange) {
        return PlacedCall.of(exchange).request();
    }

    /**
     * What that call was asked.
     *
     * @throws ConsentBreach when it is a call of another kind
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

    /** Who is asked, for messages. */
    String sender() {
        return connection + ": Zoho " + (api == Api.CRM ? "CRM" : "Campaigns");
    }

    String verb() {
        return body == null ? "GET" : "POST";
    }

    /** All but those in which Camel counts its redeliveries: without them it would begin to count anew, for ever. */
    static void dropHeaders(Message message) {
        if (message.hasHeaders()) {
            // By name: Camel's own removal matches each header with a pattern, with every call.
            message.getHeaders().keySet().removeIf(name -> !REDELIVERY.contains(name));
        }
    }
}
