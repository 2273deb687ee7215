package io.consentbridge.sandbox.watch;

import io.consentbridge.sandbox.web.Endpoint;
import io.consentbridge.sandbox.web.Outcome;
import io.consentbridge.sandbox.web.Reply;
import io.consentbridge.sandbox.web.Request;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** The faults in force. The first that matches a call strikes; calls under {@code /sandbox/} never fail. */
public final class FaultBook {

    private final List<Fault> faults = new CopyOnWriteArrayList<>();

    public void add(Fault.Order order) {
        faults.add(new Fault(order));
    }

    public void clear() {
        faults.clear();
    }

    public List<Fault> all() {
        return List.copyOf(faults);
    }

    /** Runs the endpoint, or what a fault makes of it. */
    public Outcome run(Endpoint endpoint, Request request) {
        for (Fault fault : faults) {
            if (fault.strikes(endpoint.name(), request)) {
                return strike(fault.order(), endpoint, request);
            }
        }
        return new Outcome.Answered(endpoint.handler().apply(request));
    }

    private static Outcome strike(Fault.Order order, Endpoint endpoint, Request request) {
        return switch (order.kind()) {
            case STATUS ->
                new Outcome.Answered(
                        Reply.json(order.status(), envelope(order, Integer.toString(order.status()), request)));
            case HTML ->
                new Outcome.Answered(Reply.html(
                        order.status(), "<html><body><h1>Service temporarily unavailable</h1></body></html>"));
            case XML ->
                new Outcome.Answered(Reply.xml(
                        order.status(),
                        "<response><status>error</status><code>" + order.code() + "</code></response>",
                        order.code()));
            case CODE ->
                new Outcome.Answered(Reply.json(order.status(), envelope(order, order.code(), request), order.code()));
            case TRUNCATED -> new Outcome.Truncated(endpoint.handler().apply(request));
            case DELAY -> {
                pause(order.delayMillis());
                yield new Outcome.Answered(endpoint.handler().apply(request));
            }
            case LOST_REPLY -> {
                endpoint.handler().apply(request);
                yield new Outcome.Dropped();
            }
            case DROP -> new Outcome.Dropped();
        };
    }

    private static Map<String, Object> envelope(Fault.Order order, String code, Request request) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("status", "error");
        body.put("code", code);
        body.put("message", order.message());
        if (request.path().startsWith("/crm")) {
            body.put("details", Map.of());
        } else {
            body.put("version", "1.1");
            body.put("uri", request.path());
        }
        return body;
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
