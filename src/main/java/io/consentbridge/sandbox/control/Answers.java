package io.consentbridge.sandbox.control;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentbridge.sandbox.web.Json;
import io.consentbridge.sandbox.web.Reply;
import io.consentbridge.sandbox.web.Request;
import java.util.Map;

/** Replies and bodies of the control API. */
final class Answers {

    private Answers() {}

    static Reply done() {
        return Reply.json(200, Map.of("ok", true));
    }

    static Reply done(Map<String, Object> body) {
        return Reply.json(200, body);
    }

    static Reply done(boolean happened, String otherwise) {
        return happened ? done() : Reply.json(404, Map.of("error", otherwise));
    }

    static Reply wrong(String message) {
        return Reply.json(400, Map.of("error", message));
    }

    /** Returns the JSON object in the body; an empty one for no body. */
    static JsonNode body(Request request) {
        if (request.body().length == 0) {
            return Json.read("{}").orElseThrow();
        }
        return request.json()
                .filter(node -> node.isObject() || node.isArray())
                .orElseThrow(() -> new IllegalArgumentException("the body is no JSON object"));
    }

    static String text(JsonNode body, String name) {
        JsonNode value = body.get(name);
        return value == null || value.isNull() ? null : value.asText();
    }

    static String required(JsonNode body, String name) {
        String text = text(body, name);
        if (text == null) {
            throw new IllegalArgumentException("'" + name + "' is missing");
        }
        return text;
    }
}
