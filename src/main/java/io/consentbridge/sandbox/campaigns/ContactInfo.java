package io.consentbridge.sandbox.campaigns;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentbridge.sandbox.web.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads {@code contactinfo}: real JSON, or the unquoted form of Zoho's own sample (docs/zoho-notes.md, "Campaigns:
 * subscribing").
 */
final class ContactInfo {

    private ContactInfo() {}

    /** Returns field values by display name, empty when the text has neither form. */
    static Optional<Map<String, String>> read(String text) {
        Optional<JsonNode> json = Json.read(text);
        if (json.isPresent()) {
            return json.filter(JsonNode::isObject).map(ContactInfo::fields);
        }
        String plain = text.trim();
        if (!plain.startsWith("{") || !plain.endsWith("}") || plain.contains("\"")) {
            return Optional.empty();
        }
        Map<String, String> fields = new LinkedHashMap<>();
        for (String pair : plain.substring(1, plain.length() - 1).split(",")) {
            int colon = pair.indexOf(':');
            if (colon < 1) {
                return Optional.empty();
            }
            fields.put(
                    pair.substring(0, colon).trim(), pair.substring(colon + 1).trim());
        }
        return Optional.of(fields);
    }

    private static Map<String, String> fields(JsonNode object) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (var entry : object.properties()) {
            if (!entry.getValue().isNull()) {
                fields.put(entry.getKey(), entry.getValue().asText());
            }
        }
        return fields;
    }
}
