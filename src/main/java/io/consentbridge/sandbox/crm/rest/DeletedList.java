package io.consentbridge.sandbox.crm.rest;

import io.consentbridge.sandbox.crm.store.Deletion;
import io.consentbridge.sandbox.crm.store.ModuleStore;
import io.consentbridge.sandbox.web.Reply;
import io.consentbridge.sandbox.web.Request;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code GET /{module}/deleted}: tombstones, newest first (docs/zoho-notes.md, "CRM: deleted records"). */
final class DeletedList {

    private static final int WALL = 2_000;

    private DeletedList() {}

    static Reply read(ModuleStore store, Request request) {
        String type = request.param("type", "all");
        if (!List.of("all", "recycle", "permanent").contains(type)) {
            throw Refusal.of(
                    "PATTERN_NOT_MATCHED",
                    "Please check whether the input values are correct",
                    Map.of("param_name", "type"));
        }
        int page = number(request, "page", 1);
        int perPage = Math.min(200, number(request, "per_page", 200));
        if (UncertainCrm.DELETED_HAS_WALL && page * perPage > WALL) {
            throw Refusal.of("DISCRETE_PAGINATION_LIMIT_EXCEEDED", "limit exceeded", Map.of("limit", WALL));
        }
        var since = Times.header(request, "If-Modified-Since");
        List<Deletion> matching = store.deletions().stream()
                .filter(d -> type.equals("all") || d.permanent() == type.equals("permanent"))
                .filter(d -> since.isEmpty() || d.at() >= since.getAsLong())
                .toList();
        int from = Math.min(matching.size(), (page - 1) * perPage);
        int to = Math.min(matching.size(), from + perPage);
        if (from == to) {
            return Reply.empty(since.isPresent() && page == 1 ? 304 : 204);
        }
        List<Object> data = new ArrayList<>();
        matching.subList(from, to).forEach(d -> data.add(entry(d)));
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("per_page", perPage);
        info.put("count", data.size());
        info.put("page", page);
        info.put("more_records", to < matching.size());
        return Reply.json(200, Map.of("data", data, "info", info));
    }

    private static Map<String, Object> entry(Deletion deletion) {
        Object user = deletion.permanent() ? null : Users.reference();
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("deleted_by", user);
        entry.put("id", Long.toString(deletion.id()));
        entry.put("display_name", deletion.name());
        entry.put("type", deletion.permanent() ? "permanent" : "recycle");
        entry.put("created_by", user);
        entry.put("deleted_time", Render.time(deletion.at()));
        return entry;
    }

    private static int number(Request request, String name, int otherwise) {
        String text = request.param(name);
        if (text == null) {
            return otherwise;
        }
        if (!text.matches("[1-9]\\d{0,5}")) {
            throw Refusal.invalid(name);
        }
        return Integer.parseInt(text);
    }
}
