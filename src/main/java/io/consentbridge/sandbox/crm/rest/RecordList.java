package io.consentbridge.sandbox.crm.rest;

import io.consentbridge.sandbox.clock.SandboxClock;
import io.consentbridge.sandbox.crm.coql.Filter;
import io.consentbridge.sandbox.crm.store.Crm;
import io.consentbridge.sandbox.crm.store.Keys;
import io.consentbridge.sandbox.crm.store.ModuleStore;
import io.consentbridge.sandbox.crm.store.Row;
import io.consentbridge.sandbox.web.Reply;
import io.consentbridge.sandbox.web.Request;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * {@code GET /{module}}: pages of records, with both limits (docs/zoho-notes.md, "CRM: lists of records" and "CRM: values in
 * lists").
 */
final class RecordList {

    private static final int WALL = 2_000;
    private static final int TOKEN_WALL = 100_000;
    private static final long TOKEN_LIFE = 86_400;

    private final Crm crm;
    private final SandboxClock clock;

    RecordList(Crm crm, SandboxClock clock) {
        this.crm = crm;
        this.clock = clock;
    }

    Reply read(ModuleStore store, Request request) {
        return read(store, request, null);
    }

    /** @param members the members in a related list, by id, with their Member_Status; null for a whole module */
    Reply read(ModuleStore store, Request request, Map<Long, String> members) {
        ListCall call = ListCall.of(store, request);
        PageToken token = token(call);
        int skip = token == null ? (call.page() - 1) * call.perPage() : 0;
        int given = token == null ? skip : token.given();
        if (token == null && call.page() * call.perPage() > WALL) {
            throw Refusal.of(
                    "DISCRETE_PAGINATION_LIMIT_EXCEEDED",
                    "You can only get the first 2000 records without using page_token param",
                    Map.of("limit", WALL));
        }
        if (given + call.perPage() > TOKEN_WALL) {
            throw Refusal.of(
                    "PAGINATION_LIMIT_EXCEEDED",
                    "You can only get the first 100000 records",
                    Map.of("param_name", "page_token"));
        }
        List<Row> rows = new ArrayList<>();
        boolean more = false;
        Predicate<Row> accepts = accepts(store, call);
        for (Row row : walk(store, call, token, members)) {
            if (!accepts.test(row)) {
                continue;
            }
            if (skip > 0) {
                skip--;
            } else if (rows.size() < call.perPage()) {
                rows.add(row);
            } else {
                more = true;
                break;
            }
        }
        if (rows.isEmpty()) {
            return Reply.empty(call.since().isPresent() && call.page() == 1 && token == null ? 304 : 204);
        }
        return reply(store, call, rows, members, more, token == null ? call.page() : token.page(), given + rows.size());
    }

    private PageToken token(ListCall call) {
        if (call.token() == null) {
            return null;
        }
        PageToken token = PageToken.read(call.token());
        if (token.until() < clock.millis() / 1000) {
            throw Refusal.of("EXPIRED_VALUE", "Page token expired", Map.of("param_name", "page_token"));
        }
        if (token.bound() != call.bound()) {
            throw Refusal.of(
                    "TOKEN_BOUND_DATA_MISMATCH",
                    "The page token does not belong to these parameters",
                    Map.of("param_name", "page_token"));
        }
        return token;
    }

    private Predicate<Row> accepts(ModuleStore store, ListCall call) {
        Predicate<Row> accepts = new Filter(crm, store.spec()).of(call.view().condition());
        if (store.spec().has("Converted__s") && !call.converted().equals("both")) {
            boolean wanted = call.converted().equals("true");
            accepts = accepts.and(row -> row.is("Converted__s") == wanted);
        }
        if (call.ids() != null) {
            accepts = accepts.and(row -> call.ids().contains(row.id()));
        }
        // An order by id cannot leave out records that are too old by their position.
        return call.since().isPresent()
                ? accepts.and(row -> row.modified() >= call.since().getAsLong())
                : accepts;
    }

    private static Iterable<Row> walk(ModuleStore store, ListCall call, PageToken token, Map<Long, String> members) {
        if (members != null) {
            return members.keySet().stream()
                    .map(store::find)
                    .flatMap(java.util.Optional::stream)
                    .filter(row -> token == null || row.ordinal() < token.lastKey())
                    .toList();
        }
        if (call.ids() != null) {
            return call.ids().stream()
                    .map(store::find)
                    .flatMap(java.util.Optional::stream)
                    .toList();
        }
        boolean up = call.ascending();
        if (call.sortBy().equals("Modified_Time")) {
            long lowest = call.since().isPresent() ? Keys.of(call.since().getAsLong(), 0) : Keys.LOWEST;
            long highest = Keys.HIGHEST;
            if (token != null) {
                lowest = up ? Math.max(lowest, token.lastKey() + 1) : lowest;
                highest = up ? highest : token.lastKey() - 1;
            }
            return store.byTime(lowest, highest, up);
        }
        // Created_Time grows with the id, so both orders are the same.
        int last = token == null ? up ? -1 : store.end() : (int) token.lastKey();
        return store.byId(up ? last + 1 : last - 1, up);
    }

    private Reply reply(
            ModuleStore store,
            ListCall call,
            List<Row> rows,
            Map<Long, String> members,
            boolean more,
            int page,
            int given) {
        List<Object> data = new ArrayList<>();
        for (Row row : rows) {
            Map<String, Object> record = new LinkedHashMap<>();
            call.fields()
                    .forEach(field -> record.put(field.apiName(), Render.value(store.shown(row, field.apiName()))));
            if (members != null) {
                record.put("Member_Status", members.get(row.id()));
            }
            record.put("id", Long.toString(row.id()));
            store.spoils().apply(row.id(), record);
            data.add(record);
        }
        Row last = rows.get(rows.size() - 1);
        boolean byTime = call.sortBy().equals("Modified_Time");
        long until = clock.millis() / 1000 + TOKEN_LIFE;
        long lastKey = byTime ? Keys.of(last.modified(), last.ordinal()) : last.ordinal();
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("call", false);
        info.put("per_page", call.perPage());
        info.put("next_page_token", more ? new PageToken(given, page + 1, lastKey, until, call.bound()).text() : null);
        info.put("count", rows.size());
        info.put("sort_by", call.sortBy());
        info.put("page", page);
        info.put("previous_page_token", null);
        info.put("page_token_expiry", more ? Render.time(until) : null);
        info.put("sort_order", call.ascending() ? "asc" : "desc");
        info.put("email", false);
        info.put("more_records", more);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("data", data);
        body.put("info", info);
        return Reply.json(200, body);
    }
}
