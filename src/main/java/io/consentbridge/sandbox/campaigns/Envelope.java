package io.consentbridge.sandbox.campaigns;

import io.consentbridge.sandbox.web.Reply;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** A flat reply with status, code, message, version and uri (docs/zoho-notes.md, "Campaigns: protocol"), in JSON or XML. */
record Envelope(String code, Map<String, Object> content) {

    static Envelope well(String path, String message) {
        return of(path, "success", "0", message);
    }

    static Envelope error(String path, String code, String message) {
        return of(path, "error", code, message);
    }

    private static Envelope of(String path, String status, String code, String message) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("status", status);
        content.put("code", code);
        if (message != null) {
            content.put("message", message);
        }
        content.put("version", "1.1");
        content.put("uri", path);
        return new Envelope(code, content);
    }

    Envelope with(String name, Object value) {
        content.put(name, value);
        return this;
    }

    Reply json() {
        return Reply.json(200, content, code);
    }

    Reply xml() {
        StringBuilder text = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\" ?><response>");
        content.forEach((name, value) -> write(text, name, value));
        return Reply.xml(200, text.append("</response>").toString(), code);
    }

    private static void write(StringBuilder text, String name, Object value) {
        if (value instanceof Collection<?> items) {
            text.append('<').append(name).append('>');
            items.forEach(item -> write(text, "item", item));
            text.append("</").append(name).append('>');
            return;
        }
        text.append('<').append(name).append('>');
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, inner) -> write(text, key.toString(), inner));
        } else if (value != null) {
            text.append(
                    value.toString().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"));
        }
        text.append("</").append(name).append('>');
    }
}
