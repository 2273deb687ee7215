package io.consentbridge.sandbox.crm.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentbridge.sandbox.clock.SandboxClock;
import io.consentbridge.sandbox.crm.schema.FieldSpec;
import io.consentbridge.sandbox.crm.store.Crm;
import io.consentbridge.sandbox.crm.store.ModuleStore;
import io.consentbridge.sandbox.crm.store.Row;
import io.consentbridge.sandbox.crm.store.WriteRefusals;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Writes single records for the API, and refuses what Zoho refuses (docs/zoho-notes.md, "CRM: writes"). */
final class RecordWriter {

    private final Crm crm;
    private final SandboxClock clock;
    private final RecordValues values;

    RecordWriter(Crm crm, SandboxClock clock) {
        this.crm = crm;
        this.clock = clock;
        this.values = new RecordValues(crm);
    }

    Result insert(ModuleStore store, JsonNode record, int position) {
        Map<String, Object> given = new HashMap<>();
        Result refused = values.read(store.spec(), record, position, given);
        if (refused != null) {
            return refused;
        }
        for (FieldSpec field : store.spec().fields().values()) {
            if (field.required() && blank(given.get(field.apiName()))) {
                return Result.refused(
                        "MANDATORY_NOT_FOUND",
                        Map.of("api_name", field.apiName(), "json_path", "$.data[" + position + "]." + field.apiName()),
                        "required field not found");
            }
        }
        given.keySet().removeIf(name -> store.spec().field(name).readOnly());
        long now = clock.seconds().getEpochSecond();
        RecordValues.complete(store.spec(), given, Instant.ofEpochSecond(now));
        return Result.well(details(store.insert(given, now)), "record added");
    }

    /** Returns the refusal of the first record that was modified since; empty if none was. */
    Optional<Result> modified(ModuleStore store, List<JsonNode> records, OptionalLong unmodifiedSince) {
        return records.stream()
                .flatMap(record -> store.find(record.path("id").asLong(0)).stream())
                .filter(row -> isModified(row, unmodifiedSince))
                .findFirst()
                .map(this::modified);
    }

    private static boolean isModified(Row row, OptionalLong unmodifiedSince) {
        return unmodifiedSince.isPresent() && row.modified() > unmodifiedSince.getAsLong();
    }

    private Result modified(Row row) {
        return Result.refused(
                "ALREADY_MODIFIED", details(row), "record updated time has already passed if-unmodified-since time");
    }

    Result update(ModuleStore store, long id, JsonNode record, int position, OptionalLong unmodifiedSince) {
        Optional<Row> before = store.find(id);
        if (before.isEmpty()) {
            return unknown(id);
        }
        if (before.get().is("Converted__s")) {
            return Result.refused(
                    "CONVERTED_RECORD", Map.of("id", Long.toString(id)), "can't update the converted record");
        }
        if (isModified(before.get(), unmodifiedSince)) {
            return modified(before.get());
        }
        Optional<WriteRefusals.Refused> rule = store.writeRefusals().take(id);
        if (rule.isPresent()) {
            return refused(id, position, rule.get());
        }
        Result forbidden = forbidden(store, record, position);
        if (forbidden != null) {
            return forbidden;
        }
        Map<String, Object> given = new HashMap<>();
        Result refused = values.read(store.spec(), record, position, given);
        if (refused != null) {
            return refused;
        }
        given.keySet()
                .removeIf(name ->
                        store.spec().field(name).readOnly() || !store.access().knows(name));
        RecordValues.rename(before.get(), given);
        Optional<Row> after =
                store.update(before.get().ordinal(), given, clock.seconds().getEpochSecond());
        return after.map(row -> Result.well(details(row), "record updated")).orElseGet(() -> unknown(id));
    }

    private static Result refused(long id, int position, WriteRefusals.Refused rule) {
        Map<String, Object> details = new LinkedHashMap<>();
        if (rule.field() == null) {
            details.put("id", Long.toString(id));
        } else {
            details.put("api_name", rule.field());
            details.put("json_path", "$.data[" + position + "]." + rule.field());
        }
        return Result.refused(rule.code(), details, "the record is refused");
    }

    /** Returns the refusal of a name that is no field of the module, or that is read-only, where they are refused. */
    private Result forbidden(ModuleStore store, JsonNode record, int position) {
        for (var entry : record.properties()) {
            String name = entry.getKey();
            FieldSpec field = store.spec().field(name);
            boolean unknown = field == null || !store.access().knows(name);
            boolean readOnly = !unknown && field.readOnly() && !name.equals("id");
            if (unknown && crm.refusesUnknownFields() || readOnly && crm.refusesReadOnlyFields()) {
                return Result.refused(
                        "INVALID_DATA",
                        Map.of("api_name", name, "json_path", "$.data[" + position + "]." + name),
                        "invalid data");
            }
        }
        return null;
    }

    Result delete(ModuleStore store, String id) {
        Optional<Row> row = id.matches("\\d{1,18}|\\d{19}") ? store.find(Long.parseUnsignedLong(id)) : Optional.empty();
        boolean deleted = row.isPresent()
                && store.delete(row.get().ordinal(), clock.seconds().getEpochSecond(), false);
        return deleted
                ? Result.well(Map.of("id", id), "record deleted")
                : Result.refused("INVALID_DATA", Map.of("id", id), "the id given seems to be invalid");
    }

    /** Returns the first record that has the same value in one of the fields, or null. */
    Row same(ModuleStore store, JsonNode record, List<String> fields) {
        for (String field : fields) {
            String wanted = record.path(field).asText("").trim();
            if (wanted.isEmpty()) {
                continue;
            }
            for (Row row : store.byId(0, true)) {
                String value = row.text(field);
                if (value != null && wanted.equalsIgnoreCase(value.trim()) && !row.is("Converted__s")) {
                    return row;
                }
            }
        }
        return null;
    }

    private static Map<String, Object> details(Row row) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("Modified_Time", Render.value(row.get("Modified_Time")));
        details.put("Modified_By", Users.reference());
        details.put("Created_Time", Render.value(row.get("Created_Time")));
        details.put("id", Long.toString(row.id()));
        details.put("Created_By", Users.reference());
        details.put("$approval_state", "approved");
        return details;
    }

    private static Result unknown(long id) {
        return Result.refused("INVALID_DATA", Map.of("id", Long.toString(id)), "the id given seems to be invalid");
    }

    private static boolean blank(Object value) {
        return value == null || value instanceof String text && text.isBlank();
    }
}
