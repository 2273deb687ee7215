package io.consentbridge.zoho;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
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
 * @param body null for a GET, else what is POSTed
 */
public record ZohoRequest(
        String connection,
        String runId,
        Api api,
        String method,
        String address,
        String query,
        Map<String, String> headers,
        byte[] body) {

    /** The content type of a form. */
    public static final String FORM = "application/x-www-form-urlencoded";

    static final String CONNECTION_HEADER = "X-ConsentBridge-Connection";
    static final String RUN_HEADER = "X-ConsentBridge-Run";
    static final String CALL_HEADER = "X-ConsentBridge-Call";

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
     * Makes the message this call. Whatever headers it had are dropped, because Camel would send them along; the three
     * that tell {@link ZohoCalls} what it needs are taken off there.
     */
    public void placeIn(Message message) {
        dropHeaders(message);
        headers.forEach(message::setHeader);
        // As what Camel's client wants it to be: a text would be looked up among all type converters with every call.
        message.setHeader(Exchange.HTTP_METHOD, body == null ? HttpMethods.GET : HttpMethods.POST);
        message.setHeader(Exchange.HTTP_URI, address);
        if (query != null) {
            message.setHeader(Exchange.HTTP_QUERY, query);
        }
        message.setHeader(CONNECTION_HEADER, connection);
        message.setHeader(CALL_HEADER, api.name() + " " + method);
        if (runId != null) {
            message.setHeader(RUN_HEADER, runId);
        }
        message.setBody(body);
    }

    /** All but those in which Camel counts its redeliveries: without them it would begin to count anew, for ever. */
    static void dropHeaders(Message message) {
        message.removeHeaders("*", Exchange.REDELIVERED, Exchange.REDELIVERY_COUNTER, Exchange.REDELIVERY_MAX_COUNTER);
    }
}
