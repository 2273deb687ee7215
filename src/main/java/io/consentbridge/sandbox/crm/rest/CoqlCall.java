package io.consentbridge.sandbox.crm.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentbridge.sandbox.crm.coql.Aggregates;
import io.consentbridge.sandbox.crm.coql.ColumnPath;
import io.consentbridge.sandbox.crm.coql.CoqlError;
import io.consentbridge.sandbox.crm.coql.Engine;
import io.consentbridge.sandbox.crm.coql.Parser;
import io.consentbridge.sandbox.crm.coql.Query;
import io.consentbridge.sandbox.crm.store.Crm;
import io.consentbridge.sandbox.crm.store.ModuleStore;
import io.consentbridge.sandbox.crm.store.Row;
import io.consentbridge.sandbox.web.Reply;
import io.consentbridge.sandbox.web.Request;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code POST /coql} (docs/zoho-notes.md, "CRM: COQL"). */
final class CoqlCall {

    private final Crm crm;
    private final Engine engine;

    CoqlCall(Crm crm) {
        this.crm = crm;
        this.engine = new Engine(crm);
    }

    Reply run(Request request) {
        JsonNode body = request.json()
                .filter(JsonNode::isObject)
                .orElseThrow(() -> Refusal.of("INVALID_DATA", "body", Map.of("expected_data_type", "jsonobject")));
        JsonNode text = body.get("select_query");
        if (text == null || !text.isTextual()) {
            throw Refusal.of("MANDATORY_NOT_FOUND", "required field not found", Map.of("api_name", "select_query"));
        }
        try {
            return answer(Parser.parse(text.asText()), body.has("include_meta"));
        } catch (CoqlError e) {
            throw Refusal.of(e.code(), e.getMessage(), e.details());
        }
    }

    private Reply answer(Query query, boolean meta) {
        ModuleStore store = crm.module(query.module())
                .orElseThrow(() -> Refusal.of("INVALID_MODULE", "the given module is not supported in api", Map.of()));
        if (store.access().closed()) {
            throw Refusal.closed(query.module());
        }
        List<ColumnPath> paths = new ArrayList<>();
        for (Query.Column column : query.columns()) {
            ColumnPath path = ColumnPath.find(crm, store.spec(), column.path());
            if (path.field().singleReadOnly() && !UncertainCrm.CONSENT_DETAILS_IN_COQL) {
                throw Refusal.of(
                        "INVALID_QUERY", "column given seems to be invalid", Map.of("column_name", column.path()));
            }
            paths.add(path);
        }
        List<Object> data = new ArrayList<>();
        boolean more = false;
        if (query.aggregates()) {
            var groups = new Aggregates(crm, store.spec()).of(query, engine.all(store, query.where()));
            groups.stream()
                    .skip(query.offset())
                    .limit(query.limit())
                    .map(CoqlCall::render)
                    .forEach(data::add);
            more = groups.size() > query.offset() + query.limit();
        } else {
            Engine.Page page = engine.run(store, query);
            page.rows().forEach(row -> data.add(record(store, query, paths, row)));
            more = page.more();
        }
        return data.isEmpty() ? Reply.empty(204) : Reply.json(200, body(data, more, meta ? meta(store, paths) : null));
    }

    private Map<String, Object> record(ModuleStore store, Query query, List<ColumnPath> paths, Row row) {
        Map<String, Object> record = new LinkedHashMap<>();
        for (int i = 0; i < paths.size(); i++) {
            if (store.access().gives(paths.get(i).path())) {
                record.put(
                        query.columns().get(i).alias(), Render.coql(paths.get(i).value(crm, row)));
            }
        }
        record.put("id", Long.toString(row.id()));
        store.spoils().apply(row.id(), record);
        return record;
    }

    private static Map<String, Object> render(Map<String, Object> raw) {
        Map<String, Object> row = new LinkedHashMap<>();
        raw.forEach((key, value) -> row.put(key, Render.coql(value)));
        return row;
    }

    private static Map<String, Object> body(List<Object> data, boolean more, Map<String, Object> fields) {
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("count", data.size());
        info.put("more_records", more);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("data", data);
        body.put("info", info);
        if (fields != null) {
            body.put("fields", fields);
        }
        return body;
    }

    private static Map<String, Object> meta(ModuleStore store, List<ColumnPath> paths) {
        Map<String, Object> fields = new LinkedHashMap<>();
        paths.stream()
                .filter(path -> path.lookups().isEmpty())
                .forEach(path ->
                        fields.put(path.path(), FieldMetadata.field(store.spec(), path.field(), store.access())));
        return fields;
    }
}
