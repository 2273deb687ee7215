package io.consentbridge.sandbox.crm.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentbridge.sandbox.crm.schema.DataType;
import io.consentbridge.sandbox.crm.schema.FieldSpec;
import io.consentbridge.sandbox.crm.schema.ModuleSpec;
import io.consentbridge.sandbox.crm.schema.Ref;
import io.consentbridge.sandbox.crm.store.Crm;
import io.consentbridge.sandbox.crm.store.ModuleStore;
import io.consentbridge.sandbox.crm.store.Row;
import io.consentbridge.sandbox.web.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;

/** Turns the JSON of a record into raw values. Ignores unknown names, as Zoho does with names that are not fields. */
public final class RecordValues {

    private final Crm crm;

    public RecordValues(Crm crm) {
        this.crm = crm;
    }

    /** Reads a record into {@code into}; returns a result when a value does not fit its field, otherwise null. */
    Result read(ModuleSpec module, JsonNode record, int position, Map<String, Object> into) {
        for (var entry : record.properties()) {
            FieldSpec field = module.field(entry.getKey());
            if (field == null || field.apiName().equals("id")) {
                continue;
            }
            Map<String, Object> where = new HashMap<>();
            where.put("api_name", field.apiName());
            where.put("json_path", "$.data[" + position + "]." + field.apiName());
            try {
                Object value = value(field, entry.getValue());
                if (value instanceof String text && text.length() > field.length()) {
                    where.put("maximum_length", field.length());
                    return Result.refused("INVALID_DATA", where, "invalid data");
                }
                if (field.type() == DataType.EMAIL
                        && value != null
                        && !value.toString().matches("[^@\\s]+@[^@\\s]+\\.[^@\\s]+")) {
                    throw new IllegalArgumentException("not an address");
                }
                into.put(field.apiName(), value);
            } catch (IllegalArgumentException | DateTimeException e) {
                where.put("expected_data_type", field.type().api());
                return Result.refused("INVALID_DATA", where, "invalid data");
            }
        }
        return null;
    }

    /** Reads a record without Zoho's checks, for the control API; read-only fields and malformed texts are allowed. */
    public Map<String, Object> readFreely(ModuleSpec module, JsonNode record) {
        Map<String, Object> values = new HashMap<>();
        record.properties().forEach(entry -> {
            FieldSpec field = crm.module(module.apiName())
                    .map(ModuleStore::retyping)
                    .map(types -> types.of(module.field(entry.getKey())))
                    .orElse(null);
            if (field == null) {
                throw new IllegalArgumentException(module.apiName() + " has no field " + entry.getKey());
            }
            values.put(field.apiName(), value(field, entry.getValue()));
        });
        values.remove("id");
        values.remove("Modified_Time");
        return values;
    }

    /** Sets the system fields of a new record. */
    public static void complete(ModuleSpec module, Map<String, Object> values, Instant now) {
        values.putIfAbsent("Owner", Users.CURRENT);
        values.putIfAbsent("Created_By", Users.CURRENT);
        values.putIfAbsent("Modified_By", Users.CURRENT);
        values.putIfAbsent("Created_Time", now);
        values.putIfAbsent("Last_Activity_Time", now);
        values.putIfAbsent("Record_Status__s", "Available");
        values.putIfAbsent("Tag", java.util.List.of());
        module.fields().values().stream()
                .filter(field -> field.type() == DataType.BOOLEAN)
                .forEach(field -> values.putIfAbsent(field.apiName(), false));
        if (module.has("Full_Name")) {
            values.putIfAbsent("Full_Name", full(values.get("First_Name"), values.get("Last_Name")));
        }
    }

    /** Updates the full name after a change of first or last name. */
    public static void rename(Row before, Map<String, Object> changes) {
        boolean named = changes.containsKey("First_Name") || changes.containsKey("Last_Name");
        if (named && before.spec().has("Full_Name")) {
            Object first = changes.containsKey("First_Name") ? changes.get("First_Name") : before.get("First_Name");
            Object last = changes.containsKey("Last_Name") ? changes.get("Last_Name") : before.get("Last_Name");
            changes.put("Full_Name", full(first, last));
        }
    }

    private Object value(FieldSpec field, JsonNode node) {
        if (node.isNull()) {
            return null;
        }
        return switch (field.type()) {
            case BOOLEAN -> truth(node);
            case INTEGER -> number(node).intValue();
            case CURRENCY, DOUBLE, PERCENT, FORMULA -> number(node).doubleValue();
            case DATE -> LocalDate.parse(node.asText());
            case DATETIME -> OffsetDateTime.parse(node.asText()).toInstant();
            case LOOKUP -> reference(field, node);
            case OWNER -> Users.CURRENT;
            case CONSENT, TAGS, PICKLISTS, LOOKUPS, USERS, FILES, IMAGES, SUBFORM -> Json.plain(node);
            default -> text(node);
        };
    }

    private Ref reference(FieldSpec field, JsonNode node) {
        String id = node.isObject() ? node.path("id").asText() : node.asText();
        if (!id.matches("\\d{1,19}")) {
            throw new IllegalArgumentException("not an id");
        }
        return crm.module(field.target())
                .flatMap(store -> store.find(Long.parseUnsignedLong(id)))
                .map(row -> new Ref(row.id(), row.name()))
                .orElseThrow(() -> new IllegalArgumentException("no such record"));
    }

    private static Boolean truth(JsonNode node) {
        if (!node.isBoolean()) {
            throw new IllegalArgumentException("not a truth");
        }
        return node.booleanValue();
    }

    private static Number number(JsonNode node) {
        if (!node.isNumber()) {
            throw new IllegalArgumentException("not a number");
        }
        return node.numberValue();
    }

    private static String text(JsonNode node) {
        if (!node.isTextual()) {
            throw new IllegalArgumentException("not a text");
        }
        return node.textValue();
    }

    private static String full(Object first, Object last) {
        return first == null ? (String) last : first + " " + last;
    }
}
