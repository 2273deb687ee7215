package io.consentbridge.zoho;

import io.consentbridge.consent.ConsentBreach;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * What came back over HTTP, before its JSON is read: the step before {@code unmarshal} judges it. How large it may be was judged
 * while it came, by {@link ZohoCalls}. The headers stay for the steps of the route, until {@link ZohoReply} drops them.
 */
public final class HttpReply {

    private final Message message;
    private final PlacedCall call;
    private final int status;

    private HttpReply(Message message, PlacedCall call, int status) {
        this.message = message;
        this.call = call;
        this.status = status;
    }

    /**
     * The reply in a message.
     *
     * @throws ConsentBreach when no step of the product placed a call
     */
    public static HttpReply in(Message message) {
        return new HttpReply(message, PlacedCall.of(message.getExchange()), statusOf(message));
    }

    static int statusOf(Message message) {
        return message.getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
    }

    /** The HTTP status; 0 when an endpoint other than Zoho gives none. */
    public int status() {
        return status;
    }

    /** The call that it answers. */
    public ZohoRequest request() {
        return call.request();
    }

    /**
     * Makes the body a stream of JSON. A Map or a List that an endpoint in Zoho's place gives stays as it is.
     *
     * @throws ConsentBreach when it is not what Zoho replied
     * @throws ZohoFault.Transient when it is no JSON object: HTML of a gateway, XML, nothing
     */
    public void passJson() {
        if (isRead()) {
            return;
        }
        ReplyStream json = new ReplyStream(call.heardAs(status, bytes()), status, call);
        if (!json.beginsAnObject()) {
            throw json.unreadable();
        }
        message.setBody(json);
    }

    /**
     * Makes the body an empty Map, whatever it is, because the status says that there is nothing.
     *
     * @throws ConsentBreach when it is not what Zoho replied
     */
    public void passNothing() {
        if (!isRead()) {
            call.heardAs(status, bytes());
        }
        Map<String, Object> nothing = Map.of();
        call.readAs(nothing);
        message.setBody(nothing);
    }

    private boolean isRead() {
        boolean read = message.getBody() instanceof Map || message.getBody() instanceof List;
        if (read) {
            call.requireRead(status, message.getBody());
        }
        return read;
    }

    // Camel's own conversion takes three buffers of many kilobytes for a reply of a hundred bytes.
    private byte[] bytes() {
        byte[] body = message.getBody() instanceof ByteArrayInputStream inMemory
                ? inMemory.readAllBytes()
                : message.getBody(byte[].class);
        return body == null ? new byte[0] : body;
    }
}
