package io.consentbridge.sandbox.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.Headers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A call, read completely. Parameters are those of the query and of a form body together; a JSON body adds none. */
public final class Request {

    private final String method;
    private final String path;
    private final Headers headers;
    private final byte[] body;
    private final Map<String, String> params = new HashMap<>();

    Request(String method, String path, String rawQuery, Headers headers, byte[] body) {
        this.method = method;
        this.path = path;
        this.headers = headers;
        this.body = body;
        Form.readEncoded(rawQuery, params);
        String type = headers.getFirst("Content-Type");
        if (body.length > 0 && type != null) {
            if (type.startsWith("application/x-www-form-urlencoded")) {
                Form.readEncoded(new String(body, StandardCharsets.UTF_8), params);
            } else if (type.startsWith("multipart/form-data")) {
                Form.readMultipart(body, type, params);
            }
        }
    }

    public String method() {
        return method;
    }

    public String path() {
        return path;
    }

    public Map<String, String> params() {
        return params;
    }

    /** Returns the parameter, null when it was not sent. */
    public String param(String name) {
        return params.get(name);
    }

    public String param(String name, String otherwise) {
        return params.getOrDefault(name, otherwise);
    }

    /** Returns the header, null when it was not sent. */
    public String header(String name) {
        return headers.getFirst(name);
    }

    public byte[] body() {
        return body;
    }

    public Optional<JsonNode> json() {
        return Json.read(body);
    }
}
