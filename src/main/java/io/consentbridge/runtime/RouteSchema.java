package io.consentbridge.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Camel's own schema of its YAML DSL. A placeholder is also accepted where the schema requires a number, because it is a
 * number when the route is built.
 */
public final class RouteSchema {

    private static final JsonSchema SCHEMA = JsonSchemaFactory.getInstance(VersionFlag.V4)
            .getSchema(
                    RouteSchema.class.getResourceAsStream("/schema/camelYamlDsl.json"),
                    SchemaValidatorsConfig.builder()
                            .pathType(PathType.JSON_POINTER)
                            // The whole schema, beforehand, would take hundreds of megabytes: steps nest in steps.
                            .preloadJsonSchema(false)
                            .build());

    private static final Set<String> VAGUE = Set.of("oneOf", "anyOf", "not", "type");

    private RouteSchema() {}

    /**
     * Returns where the file does not match the schema; empty when it matches.
     *
     * @param routes the file's content; placeholders in it are replaced
     */
    public static List<ValidationMessage> violations(JsonNode routes) {
        List<ValidationMessage> messages = List.copyOf(SCHEMA.validate(routes));
        boolean replaced = false;
        for (ValidationMessage message : messages) {
            replaced |= "type".equals(message.getType())
                    && replacePlaceholder(routes, message.getInstanceLocation().toString());
        }
        return replaced ? violations(routes) : telling(messages);
    }

    // Among the messages about one location, "none of the alternatives fits" adds nothing to the message that says what
    // does not fit.
    private static List<ValidationMessage> telling(List<ValidationMessage> messages) {
        Set<String> told = messages.stream()
                .filter(message -> !VAGUE.contains(message.getType()))
                .map(message -> message.getInstanceLocation().toString())
                .collect(Collectors.toSet());
        return messages.stream()
                .filter(message -> !VAGUE.contains(message.getType())
                        || !told.contains(message.getInstanceLocation().toString()))
                .toList();
    }

    private static boolean replacePlaceholder(JsonNode routes, String pointer) {
        JsonNode value = routes.at(pointer);
        if (!value.isTextual() || !value.asText().startsWith("{{")) {
            return false;
        }
        int slash = pointer.lastIndexOf('/');
        String last = pointer.substring(slash + 1);
        if (routes.at(pointer.substring(0, slash)) instanceof ObjectNode object) {
            object.set(last, IntNode.valueOf(1));
            return true;
        }
        if (routes.at(pointer.substring(0, slash)) instanceof ArrayNode array) {
            array.set(Integer.parseInt(last), IntNode.valueOf(1));
            return true;
        }
        return false;
    }
}
