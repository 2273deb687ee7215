package io.consentbridge.zoho;

import io.consentbridge.consent.ConsentBreach;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.apache.camel.Exchange;

/**
 * A call that a step of the product put into an exchange: its content, and Zoho's reply to it. Routes carry the call and its
 * reply as headers and bodies, which an edited route can replace. The request that leaves is compared with the call, and the
 * reply that is read with the one received, so that a route can change neither the question nor Zoho's answer, whichever
 * threads it uses. If a route asks something other than Zoho, nothing leaves here, and nothing is compared.
 *
 * <p>The message carries only the number of the call, until it has left.
 */
final class PlacedCall {

    /** The header with the number. */
    static final String HEADER = "X-ConsentBridge-Call";

    private static final String PROPERTY = "placedCall";

    /** Headers that change what is asked. */
    private static final List<String> CONDITIONS = List.of(ZohoRequest.SINCE, ZohoRequest.UNMODIFIED);

    private static final AtomicLong LAST = new AtomicLong();
    private static final Map<String, Entry> OPEN = new ConcurrentHashMap<>();
    private static final ReferenceQueue<PlacedCall> GONE = new ReferenceQueue<>();

    /** A weak reference: it does not keep a call whose exchange has ended. */
    private static final class Entry extends WeakReference<PlacedCall> {

        private final String number;

        private Entry(PlacedCall call) {
            super(call, GONE);
            this.number = call.number;
        }
    }

    private record Heard(int status, String date, byte[] body) {}

    private final String number = Long.toString(LAST.incrementAndGet());
    private final ZohoRequest request;
    private volatile Heard heard;
    private volatile Map<String, Object> json;

    private PlacedCall(ZohoRequest request) {
        this.request = request;
    }

    /** Puts a call into an exchange and returns its number. */
    static String place(ZohoRequest request, Exchange exchange) {
        for (Reference<?> gone = GONE.poll(); gone != null; gone = GONE.poll()) {
            OPEN.remove(((Entry) gone).number);
        }
        PlacedCall call = new PlacedCall(request);
        exchange.setProperty(PROPERTY, call);
        OPEN.put(call.number, new Entry(call));
        return call.number;
    }

    /** The call of an exchange; null if there is none. */
    static PlacedCall in(Exchange exchange) {
        return exchange.getProperty(PROPERTY, PlacedCall.class);
    }

    /** @throws ConsentBreach when there is none */
    static PlacedCall of(Exchange exchange) {
        PlacedCall call = in(exchange);
        if (call == null) {
            throw new ConsentBreach("a reply of Zoho is read for a call that no step of the product makes");
        }
        return call;
    }

    /** @throws ConsentBreach if no call has that number, or its reply was read */
    static PlacedCall numbered(String number) {
        Entry entry = number == null ? null : OPEN.get(number);
        PlacedCall call = entry == null ? null : entry.get();
        if (call == null) {
            throw new ConsentBreach("a call to Zoho leaves that no step of the product makes");
        }
        return call;
    }

    ZohoRequest request() {
        return request;
    }

    /**
     * Checks the call before it leaves. The host, the base of the path, and further headers are free: a gateway may be
     * there.
     *
     * @param header the headers that it leaves with, null for none of a name
     * @param body null for none
     * @throws ConsentBreach if its content is not that of the call
     */
    void leaves(String verb, URI address, UnaryOperator<String> header, byte[] body) {
        heard = null;
        json = null;
        boolean same = verb.equals(request.verb())
                && address.getRawPath().endsWith(request.path())
                && Objects.equals(address.getRawQuery(), request.query())
                && CONDITIONS.stream()
                        .allMatch(name -> Objects.equals(
                                header.apply(name), request.headers().get(name)))
                && (request.guarded() || request.says(body));
        if (!same) {
            throw new ConsentBreach(
                    "a call of " + request.method() + " asks Zoho something else than the product does");
        }
    }

    /** @param date the header of that name; null if there is none */
    void heard(int status, String date, byte[] body) {
        heard = new Heard(status, date, body);
    }

    /**
     * The reply as it came over HTTP; the call may not leave again.
     *
     * @return the body as Zoho gave it; as the route did when it did not ask Zoho
     * @throws ConsentBreach when Zoho gave another one, or was not asked for what is about a person
     */
    byte[] heardAs(int status, byte[] body) {
        OPEN.remove(number);
        Heard said = requireAsked();
        if (said == null) {
            return body;
        }
        if (said.status != status || !Arrays.equals(said.body, body)) {
            throw asAnother();
        }
        return said.body;
    }

    /** The JSON of the reply was read. */
    void readAs(Map<String, Object> json) {
        this.json = json;
    }

    /** @throws ConsentBreach when a body is not what the JSON of Zoho's reply was read as */
    void requireRead(int status, Object body) {
        Heard said = requireAsked();
        if (said != null && (said.status != status || body == null || body != json)) {
            throw asAnother();
        }
    }

    /**
     * The reply, for the step that says what it means.
     *
     * @param body the very Map that the JSON was read as; any Map when the route did not ask Zoho
     * @throws ConsentBreach when it is another one, or Zoho was not asked for what is about a person
     */
    ZohoReply read(int status, String date, Object body) {
        OPEN.remove(number);
        requireRead(status, body);
        if (!(body instanceof Map<?, ?> fields)) {
            throw new ConsentBreach("a reply to a call of " + request.method() + " is read that is no Map of its JSON");
        }
        Heard said = heard;
        return said == null
                ? new ZohoReply(status, date, JsonObjects.frozen(fields))
                : new ZohoReply(status, said.date, json);
    }

    private Heard requireAsked() {
        Heard said = heard;
        if (said == null && request.guarded()) {
            throw new ConsentBreach(
                    "a reply to a call of " + request.method() + " is read though the call did not leave");
        }
        return said;
    }

    private static ConsentBreach asAnother() {
        return new ConsentBreach("a reply of Zoho is not read as Zoho gave it");
    }
}
