package io.consentbridge.sandbox.control;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentbridge.sandbox.watch.Fault;
import io.consentbridge.sandbox.web.Reply;
import io.consentbridge.sandbox.web.Request;
import java.util.LinkedHashMap;
import java.util.Map;

/** Rules that make calls fail. */
final class FaultControl {

    private final World world;

    FaultControl(World world) {
        this.world = world;
    }

    Reply call(Request request) {
        return switch (request.method()) {
            case "POST" -> add(Answers.body(request));
            case "DELETE" -> {
                world.faults().clear();
                yield Answers.done();
            }
            default ->
                Answers.done(Map.of(
                        "faults",
                        world.faults().all().stream().map(FaultControl::shown).toList()));
        };
    }

    private Reply add(JsonNode body) {
        Fault.Kind kind = Fault.Kind.of(Answers.required(body, "kind"));
        boolean answersWell = kind == Fault.Kind.XML || kind == Fault.Kind.CODE;
        world.faults()
                .add(new Fault.Rule(
                        Answers.text(body, "method"),
                        Answers.text(body, "email"),
                        kind,
                        body.path("times").asLong(1),
                        body.path("skip").asLong(0),
                        body.path("status").asInt(answersWell ? 200 : 503),
                        body.path("code").asText("2101"),
                        body.path("message").asText("Ordered to fail."),
                        body.path("delayMillis").asLong(0),
                        body.path("bytes").asLong(100_000_000),
                        body.path("packed").asBoolean(true)));
        return Answers.done();
    }

    private static Map<String, Object> shown(Fault fault) {
        Fault.Rule rule = fault.rule();
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("method", rule.pattern());
        map.put("email", rule.email());
        map.put("kind", rule.kind().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
        map.put("times", rule.times());
        map.put("skip", rule.skip());
        map.put("struck", fault.struck());
        return map;
    }
}
