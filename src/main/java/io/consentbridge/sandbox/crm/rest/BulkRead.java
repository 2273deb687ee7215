package io.consentbridge.sandbox.crm.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentbridge.sandbox.clock.SandboxClock;
import io.consentbridge.sandbox.crm.coql.ColumnPath;
import io.consentbridge.sandbox.crm.coql.Condition;
import io.consentbridge.sandbox.crm.coql.CoqlError;
import io.consentbridge.sandbox.crm.coql.Engine;
import io.consentbridge.sandbox.crm.coql.Query;
import io.consentbridge.sandbox.crm.store.Crm;
import io.consentbridge.sandbox.crm.store.ModuleStore;
import io.consentbridge.sandbox.web.Reply;
import io.consentbridge.sandbox.web.Request;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bulk read: create, ask, fetch (docs/zoho-notes.md, "CRM: bulk read"). CSV only; pages by number; callbacks are not made.
 */
final class BulkRead {

    private static final int PER_PAGE = 200_000;
    private static final long FIRST_ID = 5_394_166_000_900_000_001L;

    private final Crm crm;
    private final SandboxClock clock;
    private final Map<String, BulkJob> jobs = new ConcurrentHashMap<>();
    private final AtomicLong created = new AtomicLong();

    BulkRead(Crm crm, SandboxClock clock) {
        this.crm = crm;
        this.clock = clock;
    }

    Reply create(Request request) {
        JsonNode query = request.json()
                .map(body -> body.path("query"))
                .orElseThrow(() -> Refusal.of("REQUEST_BODY_NOT_READABLE", "request body not readable", Map.of()));
        String module = query.path("module").path("api_name").asText("");
        ModuleStore store = crm.module(module)
                .orElseThrow(
                        () -> Refusal.of("MODULE_NOT_AVAILABLE", "module not available", Map.of("module", module)));
        int page = query.path("page").asInt(1);
        Condition where = BulkCriteria.read(query.path("criteria"));
        List<ColumnPath> columns = columns(store, query.path("fields"));
        var window = new Query(List.of(), module, where, List.of(), List.of(), (page - 1) * PER_PAGE, PER_PAGE);
        Engine.Page rows;
        try {
            rows = new Engine(crm).run(store, window);
        } catch (CoqlError e) {
            throw Refusal.of("FIELD_IN_CRITERIA_NOT_AVAILABLE", e.getMessage(), e.details());
        }
        String id = Long.toString(FIRST_ID + created.getAndIncrement());
        jobs.put(id, new BulkJob(id, module, columns, rows.rows(), page, rows.more(), new AtomicInteger()));
        Map<String, Object> details = describe(id, "ADDED");
        details.put("created_time", Render.time(clock.seconds().getEpochSecond()));
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("status", "success");
        result.put("code", "ADDED_SUCCESSFULLY");
        result.put("message", "Added successfully.");
        result.put("details", details);
        return Reply.json(201, Map.of("data", List.of(result), "info", Map.of()));
    }

    Reply status(String id) {
        BulkJob job = job(id);
        String state = job.state();
        Map<String, Object> body = describe(id, state);
        body.put("query", Map.of("module", Map.of("api_name", job.module()), "page", job.page()));
        body.put("file_type", "csv");
        if (state.equals("COMPLETED")) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("page", job.page());
            result.put("count", job.rows().size());
            result.put("per_page", PER_PAGE);
            result.put("download_url", "/crm/bulk/v8/read/" + id + "/result");
            result.put("more_records", job.more());
            body.put("result", result);
        }
        return Reply.json(200, Map.of("data", List.of(body)));
    }

    Reply result(String id) {
        return Reply.file("application/x-download", id + ".zip", job(id).zip(crm));
    }

    private BulkJob job(String id) {
        BulkJob job = jobs.get(id);
        if (job == null) {
            throw new Refusal(404, "RESOURCE_NOT_FOUND", "resource not found", Map.of("resource", id));
        }
        return job;
    }

    private List<ColumnPath> columns(ModuleStore store, JsonNode fields) {
        List<ColumnPath> columns = new ArrayList<>();
        List<String> names = new ArrayList<>();
        fields.forEach(field -> names.add(field.asText()));
        for (String name : names.isEmpty() ? store.spec().fields().keySet() : names) {
            try {
                if (!name.equalsIgnoreCase("id")) {
                    columns.add(ColumnPath.find(crm, store.spec(), name));
                }
            } catch (CoqlError e) {
                throw Refusal.of("FIELD_NOT_AVAILABLE", "field not available", Map.of("field", name));
            }
        }
        return columns;
    }

    private static Map<String, Object> describe(String id, String state) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", id);
        map.put("operation", "read");
        map.put("state", state);
        map.put("created_by", Users.reference());
        return map;
    }
}
