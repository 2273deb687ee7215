package io.consentbridge.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import io.consentbridge.sync.Nearest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Checks a file against its JSON Schema, which editors use too, and explains violations in plain words.
 *
 * <p>The schemas are in {@code config/schemas} and are packed from there.
 */
final class SchemaCheck {

    private final JsonSchema schema;

    SchemaCheck(String resource) {
        try (InputStream in = SchemaCheck.class.getResourceAsStream("schemas/" + resource)) {
            if (in == null) {
                throw new IllegalStateException("the schema " + resource + " is not packed");
            }
            schema = JsonSchemaFactory.getInstance(VersionFlag.V202012)
                    .getSchema(
                            new String(in.readAllBytes(), StandardCharsets.UTF_8),
                            InputFormat.JSON,
                            SchemaValidatorsConfig.builder()
                                    .pathType(PathType.JSON_POINTER)
                                    .build());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Reports every violation of the schema, and returns the top-level keys at fault. */
    Set<String> faults(YamlFile file, Findings findings) {
        if (!file.tree().isObject()) {
            findings.add(file.at(""), "the file holds no keys", "write key: value lines");
            return Set.of("");
        }
        Set<String> keys = new HashSet<>();
        schema.validate(file.tree()).forEach(message -> {
            tell(file, message, findings);
            String pointer = message.getInstanceLocation().toString();
            keys.add(pointer.isEmpty() ? message.getProperty() : pointer.split("/")[1]);
        });
        return keys;
    }

    private void tell(YamlFile file, ValidationMessage message, Findings findings) {
        String pointer = message.getInstanceLocation().toString();
        String key = name(pointer.substring(pointer.lastIndexOf('/') + 1).replace("~1", "/"));
        String name = message.getProperty();
        switch (message.getType()) {
            case "additionalProperties" ->
                findings.add(
                        file.at(pointer + "/" + name),
                        "unknown key \"" + name + "\"",
                        Nearest.hint(name, names(keysBeside(message))));
            case "required" ->
                findings.add(
                        file.at(pointer),
                        name + " is missing" + (key.isEmpty() ? "" : " in " + key),
                        "add " + name + ": " + expectation(keysBeside(message).path(name)));
            case "enum" ->
                findings.add(
                        file.at(pointer),
                        key + " is " + shown(message.getInstanceNode()),
                        Nearest.hint(message.getInstanceNode().asText(), names(message.getSchemaNode())));
            default ->
                findings.add(
                        file.at(pointer),
                        key + " is " + shown(message.getInstanceNode()),
                        (isNumberForText(message) ? "write it in quotes: " : "write ") + expectation(parent(message)));
        }
    }

    private boolean isNumberForText(ValidationMessage message) {
        return message.getType().equals("type")
                && message.getInstanceNode().isNumber()
                && parent(message).path("type").asText().equals("string");
    }

    private JsonNode keysBeside(ValidationMessage message) {
        return parent(message).path("properties");
    }

    // The schema with the keyword that is violated.
    private JsonNode parent(ValidationMessage message) {
        String keyword = message.getSchemaLocation().getFragment().toString();
        return schema.getSchemaNode().at(keyword.substring(0, keyword.lastIndexOf('/')));
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        if (node.isObject()) {
            node.fieldNames().forEachRemaining(names::add);
        } else {
            node.forEach(value -> names.add(value.asText()));
        }
        return names;
    }

    private static String expectation(JsonNode schema) {
        if (schema.has("enum")) {
            return String.join(" or ", names(schema.path("enum")));
        }
        return schema.path("description").asText("a " + schema.path("type").asText("value"));
    }

    private static String shown(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> "\"" + value.textValue() + "\"";
            case ARRAY -> "a list";
            case OBJECT -> "a group of keys";
            case NULL -> "nothing";
            default -> value.toString();
        };
    }

    // Conditions are numbered from 1, as patterns number them (B26).
    private static String name(String key) {
        return key.matches("\\d+") ? "item " + (Integer.parseInt(key) + 1) : key;
    }
}
