package io.consentbridge.sandbox.web;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The reply to a call.
 *
 * @param result the outcome in a word for the counters, such as {@code 0}, {@code 2502} or {@code 200}
 */
public record Reply(int status, String contentType, byte[] body, Map<String, String> headers, String result) {

    private static final byte[] NOTHING = {};

    public static Reply json(int status, Object body, String result) {
        return new Reply(status, "application/json;charset=UTF-8", Json.bytes(body), Map.of(), result);
    }

    public static Reply json(int status, Object body) {
        return json(status, body, Integer.toString(status));
    }

    public static Reply xml(int status, String body, String result) {
        return text(status, "text/xml;charset=UTF-8", body, result);
    }

    public static Reply html(int status, String body) {
        return text(status, "text/html;charset=UTF-8", body, status + " html");
    }

    public static Reply empty(int status) {
        return new Reply(status, null, NOTHING, Map.of(), Integer.toString(status));
    }

    public static Reply file(String contentType, String name, byte[] body) {
        return new Reply(200, contentType, body, Map.of("Content-Disposition", "attachment;filename=" + name), "200");
    }

    public Reply withHeader(String name, String value) {
        var more = new java.util.HashMap<>(headers);
        more.put(name, value);
        return new Reply(status, contentType, body, Map.copyOf(more), result);
    }

    private static Reply text(int status, String type, String body, String result) {
        return new Reply(status, type, body.getBytes(StandardCharsets.UTF_8), Map.of(), result);
    }
}
