package io.consentbridge.sandbox.crm.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentbridge.sandbox.clock.SandboxClock;
import io.consentbridge.sandbox.crm.store.Crm;
import io.consentbridge.sandbox.crm.store.ModuleStore;
import io.consentbridge.sandbox.crm.store.Row;
import io.consentbridge.sandbox.web.Reply;
import io.consentbridge.sandbox.web.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Insert, update, upsert and delete: one result for each record, in the order of the request (docs/zoho-notes.md, "CRM:
 * writes").
 */
final class Writes {

    private static final int MOST = 100;
    private static final int A_CREDIT = 10;

    private final Crm crm;
    private final RecordWriter writer;

    Writes(Crm crm, SandboxClock clock) {
        this.crm = crm;
        this.writer = new RecordWriter(crm, clock);
    }

    Reply write(ModuleStore store, Request request) {
        List<Result> results = new ArrayList<>();
        switch (request.method()) {
            case "POST" -> {
                for (JsonNode record : data(request)) {
                    results.add(writer.insert(store, record, results.size()));
                }
            }
            case "PUT" -> {
                OptionalLong unmodifiedSince = Times.header(request, "If-Unmodified-Since");
                Optional<Result> modified = crm.modifiedRefusesCall()
                        ? writer.modified(store, data(request), unmodifiedSince)
                        : Optional.empty();
                if (modified.isPresent()) {
                    return reply(List.of(modified.get()), 200);
                }
                for (JsonNode record : data(request)) {
                    long id = record.path("id").asLong(0);
                    results.add(writer.update(store, id, record, results.size(), unmodifiedSince));
                }
            }
            case "DELETE" -> {
                String ids = request.param("ids");
                if (ids == null || ids.isBlank()) {
                    throw Refusal.missing("ids");
                }
                for (String id : ids.split(",")) {
                    results.add(writer.delete(store, id.trim()));
                }
            }
            default -> throw Refusal.method();
        }
        return reply(results, request.method().equals("POST") ? 201 : 200);
    }

    Reply writeOne(ModuleStore store, long id, Request request) {
        if (request.method().equals("DELETE")) {
            return reply(List.of(writer.delete(store, Long.toString(id))), 200);
        }
        if (!request.method().equals("PUT")) {
            throw Refusal.method();
        }
        OptionalLong unmodifiedSince = Times.header(request, "If-Unmodified-Since");
        return reply(List.of(writer.update(store, id, data(request).get(0), 0, unmodifiedSince)), 200);
    }

    Reply upsert(ModuleStore store, Request request) {
        List<String> checked = new ArrayList<>();
        request.json().ifPresent(body -> body.path("duplicate_check_fields").forEach(f -> checked.add(f.asText())));
        if (checked.isEmpty() && store.spec().has("Email")) {
            checked.add("Email");
        }
        List<Result> results = new ArrayList<>();
        for (JsonNode record : data(request)) {
            Row same = record.hasNonNull("id")
                    ? store.find(record.get("id").asLong()).orElse(null)
                    : writer.same(store, record, checked);
            Result result = same == null
                    ? writer.insert(store, record, results.size())
                    : writer.update(store, same.id(), record, results.size(), OptionalLong.empty());
            results.add(result.as(same == null ? "insert" : "update", checked.isEmpty() ? null : checked.get(0)));
        }
        return reply(results, 200);
    }

    private static List<JsonNode> data(Request request) {
        JsonNode data = request.json().map(body -> body.path("data")).orElse(null);
        if (data == null || !data.isArray() || data.isEmpty()) {
            throw Refusal.of(
                    "INVALID_DATA",
                    "invalid data",
                    Map.of("expected_data_type", "jsonarray", "api_name", "data", "json_path", "$.data"));
        }
        if (data.size() > MOST) {
            throw Refusal.of(
                    "LIMIT_EXCEEDED",
                    "limit exceeded",
                    Map.of("maximum_length", MOST, "api_name", "data", "json_path", "$.data"));
        }
        List<JsonNode> records = new ArrayList<>();
        data.forEach(records::add);
        return records;
    }

    /** Returns the price of a call in credits: one for each ten records that it names. */
    static int price(Request request) {
        int records = request.json().map(body -> body.path("data").size()).orElse(0);
        return Math.max(1, (records + A_CREDIT - 1) / A_CREDIT);
    }

    private Reply reply(List<Result> results, int allWell) {
        return reply(results, allWell, crm.allRefused());
    }

    static Reply reply(List<Result> results, int allWell, int allRefused) {
        long failed = results.stream().filter(r -> !r.well()).count();
        boolean tooLate = results.size() == 1 && results.get(0).code().equals("ALREADY_MODIFIED");
        int status = failed == 0 ? allWell : tooLate ? 412 : failed == results.size() ? allRefused : 207;
        return Reply.json(
                status, Map.of("data", results.stream().map(Result::body).toList()));
    }
}
