package io.consentbridge.sandbox.control;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentbridge.sandbox.crm.rest.RecordValues;
import io.consentbridge.sandbox.crm.schema.ModuleSpec;
import io.consentbridge.sandbox.crm.store.ModuleStore;
import io.consentbridge.sandbox.crm.store.Row;
import io.consentbridge.sandbox.web.Reply;
import io.consentbridge.sandbox.web.Request;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/** Changes CRM records as a user of the CRM, or its machinery, would: no checks, no tokens. */
final class RecordControl {

    private final World world;
    private final RecordValues values;

    RecordControl(World world) {
        this.world = world;
        this.values = new RecordValues(world.crm());
    }

    Reply call(List<String> parts, Request request) {
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("the module is missing");
        }
        ModuleStore store = world.crm()
                .module(parts.get(0))
                .orElseThrow(() -> new IllegalArgumentException("there is no module " + parts.get(0)));
        JsonNode body = Answers.body(request);
        if (parts.size() == 1) {
            return create(store, body, request);
        }
        if (parts.size() == 3 && parts.get(2).equals("restore")) {
            return restore(store, Long.parseLong(parts.get(1)), body);
        }
        return switch (parts.get(1)) {
            case "change" -> changeMany(store, body);
            case "delete" -> deleteMany(store, body);
            default -> one(store, Long.parseLong(parts.get(1)), body, request);
        };
    }

    private Reply restore(ModuleStore store, long id, JsonNode body) {
        boolean touched = body.path("touched").asBoolean(false);
        return Answers.done(
                store.restore(id, touched ? OptionalLong.of(now()) : OptionalLong.empty()),
                "record " + id + " is not in the bin");
    }

    // A migrated record keeps the time that it had elsewhere.
    private Reply create(ModuleStore store, JsonNode body, Request request) {
        String modified = request.param("modified");
        long at = modified == null ? now() : Instant.parse(modified).getEpochSecond();
        JsonNode records = body.has("records") ? body.get("records") : body;
        List<String> ids = new ArrayList<>();
        if (records.isArray()) {
            records.forEach(record -> ids.add(insert(store, record, at)));
        } else {
            ids.add(insert(store, records, at));
        }
        return Answers.done(Map.of("ids", ids));
    }

    private String insert(ModuleStore store, JsonNode record, long at) {
        Map<String, Object> given = values.readFreely(store.spec(), record);
        RecordValues.complete(store.spec(), given, world.clock().seconds());
        return Long.toString(store.insert(given, at).id());
    }

    private Reply one(ModuleStore store, long id, JsonNode body, Request request) {
        Optional<Row> row = store.find(id);
        if (row.isEmpty()) {
            return Answers.done(false, "there is no record " + id);
        }
        switch (request.method()) {
            case "PUT", "PATCH" ->
                change(
                        store,
                        row.get(),
                        values.readFreely(store.spec(), body),
                        "true".equals(request.param("quietly")));
            case "DELETE" -> store.delete(row.get().ordinal(), now(), "true".equals(request.param("permanent")));
            default -> {
                return Answers.done(Map.of("id", Long.toString(id), "fields", texts(row.get())));
            }
        }
        return Answers.done(Map.of("ids", List.of(Long.toString(id))));
    }

    private Reply changeMany(ModuleStore store, JsonNode body) {
        Map<String, Object> given = body.has("fields") ? values.readFreely(store.spec(), body.get("fields")) : Map.of();
        String suffix = Answers.text(body, "suffix");
        List<String> ids = new ArrayList<>();
        for (Row row : chosen(store, body)) {
            Map<String, Object> changes = new LinkedHashMap<>(given);
            if (suffix != null) {
                String field = store.spec().has("Last_Name")
                        ? "Last_Name"
                        : store.spec().nameField();
                changes.put(field, row.text(field) + suffix);
            }
            change(store, row, changes, false);
            ids.add(Long.toString(row.id()));
        }
        return Answers.done(Map.of("ids", ids));
    }

    private Reply deleteMany(ModuleStore store, JsonNode body) {
        List<String> ids = new ArrayList<>();
        for (Row row : chosen(store, body)) {
            store.delete(row.ordinal(), now(), body.path("permanent").asBoolean(false));
            ids.add(Long.toString(row.id()));
        }
        return Answers.done(Map.of("ids", ids));
    }

    private void change(ModuleStore store, Row row, Map<String, Object> changes, boolean quietly) {
        RecordValues.rename(row, changes);
        if (quietly) {
            store.updateQuietly(row.ordinal(), changes, now());
        } else {
            store.update(row.ordinal(), changes, now());
        }
    }

    /**
     * Returns the records of the given ids that exist; without ids that many at random, the same ones for the same seed, and
     * all of them when there are no more.
     */
    private static List<Row> chosen(ModuleStore store, JsonNode body) {
        if (body.has("ids")) {
            List<Row> named = new ArrayList<>();
            body.get("ids").forEach(id -> store.find(id.asLong()).ifPresent(named::add));
            return named;
        }
        int count = body.path("count").asInt(1);
        Random random = new Random(body.path("seed").asLong(1));
        Map<Long, Row> rows = new LinkedHashMap<>();
        int tries = 20 * count + 100;
        ModuleSpec spec = store.spec();
        while (rows.size() < Math.min(count, store.size()) && tries-- > 0) {
            store.find(spec.recordId(random.nextInt(Math.max(1, store.end()))))
                    .filter(row -> !row.is("Converted__s"))
                    .ifPresent(row -> rows.put(row.id(), row));
        }
        return List.copyOf(rows.values());
    }

    private static Map<String, Object> texts(Row row) {
        Map<String, Object> texts = new LinkedHashMap<>();
        row.spec().fields().keySet().forEach(name -> texts.put(name, row.text(name)));
        return texts;
    }

    private long now() {
        return world.clock().seconds().getEpochSecond();
    }
}
