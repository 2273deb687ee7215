package io.consentbridge.sandbox.watch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.consentbridge.sandbox.web.Endpoint;
import io.consentbridge.sandbox.web.Json;
import io.consentbridge.sandbox.web.Outcome;
import io.consentbridge.sandbox.web.Reply;
import io.consentbridge.sandbox.web.Request;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** The active faults. The first one that matches a call applies; calls under {@code /sandbox/} never fail. */
public final class FaultBook {

    private final List<Fault> faults = new CopyOnWriteArrayList<>();

    public void add(Fault.Rule rule) {
        faults.add(new Fault(rule));
    }

    public void clear() {
        faults.clear();
    }

    public List<Fault> all() {
        return List.copyOf(faults);
    }

    /** Runs the endpoint, or applies a fault to it. */
    public Outcome run(Endpoint endpoint, Request request) {
        for (Fault fault : faults) {
            if (fault.strikes(endpoint.name(), request)) {
                return strike(fault, endpoint, request);
            }
        }
        return new Outcome.Answered(endpoint.handler().apply(request));
    }

    private static Outcome strike(Fault fault, Endpoint endpoint, Request request) {
        Fault.Rule rule = fault.rule();
        return switch (rule.kind()) {
            case STATUS ->
                new Outcome.Answered(
                        Reply.json(rule.status(), envelope(rule, Integer.toString(rule.status()), request)));
            case HTML ->
                new Outcome.Answered(Reply.html(
                        rule.status(), "<html><body><h1>Service temporarily unavailable</h1></body></html>"));
            case XML ->
                new Outcome.Answered(Reply.xml(
                        rule.status(),
                        "<response><status>error</status><code>" + rule.code() + "</code></response>",
                        rule.code()));
            case CODE ->
                new Outcome.Answered(Reply.json(rule.status(), envelope(rule, rule.code(), request), rule.code()));
            case TRUNCATED -> new Outcome.Truncated(endpoint.handler().apply(request));
            case DELAY -> {
                pause(rule.delayMillis());
                yield new Outcome.Answered(endpoint.handler().apply(request));
            }
            case LOST_REPLY -> {
                endpoint.handler().apply(request);
                yield new Outcome.Dropped();
            }
            case DROP -> new Outcome.Dropped();
            case DRIP -> new Outcome.Dripped(endpoint.handler().apply(request), rule.delayMillis());
            case HUGE -> new Outcome.Huge(rule.bytes(), rule.packed());
            case REPEAT ->
                new Outcome.Answered(
                        fault.first(() -> andMore(endpoint.handler().apply(request))));
            case TWICE -> new Outcome.Answered(lastTwice(endpoint.handler().apply(request)));
        };
    }

    /**
     * Returns the reply as if more followed, by the {@code info} of the CRM; a list of Campaigns does not say whether more
     * follows.
     */
    private static Reply andMore(Reply reply) {
        if (!(Json.read(reply.body()).orElse(null) instanceof ObjectNode json)
                || !(json.get("info") instanceof ObjectNode info)) {
            return reply;
        }
        info.put("more_records", true);
        if (info.has("next_page_token")) {
            info.put("next_page_token", "again");
        }
        return Reply.json(reply.status(), json, reply.result());
    }

    /** Returns the reply with its last row twice. Whether Zoho ever does this is not documented. */
    private static Reply lastTwice(Reply reply) {
        if (!(Json.read(reply.body()).orElse(null) instanceof ObjectNode json)) {
            return reply;
        }
        for (String rows : List.of("data", "list_of_details", "recent_campaigns")) {
            if (json.get(rows) instanceof ArrayNode all && !all.isEmpty()) {
                all.add(all.get(all.size() - 1));
            }
        }
        return Reply.json(reply.status(), json, reply.result());
    }

    private static Map<String, Object> envelope(Fault.Rule rule, String code, Request request) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("status", "error");
        body.put("code", code);
        body.put("message", rule.message());
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
