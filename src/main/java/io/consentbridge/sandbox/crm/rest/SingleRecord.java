package io.consentbridge.sandbox.crm.rest;

import io.consentbridge.sandbox.crm.schema.FieldSpec;
import io.consentbridge.sandbox.crm.schema.Ref;
import io.consentbridge.sandbox.crm.store.ModuleStore;
import io.consentbridge.sandbox.crm.store.Row;
import io.consentbridge.sandbox.web.Reply;
import io.consentbridge.sandbox.web.Request;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code GET /{module}/{id}}: everything about one record, including consent details (docs/zoho-notes.md, "CRM: single
 * records and counts" and "CRM: lawful basis and consent").
 */
final class SingleRecord {

    private SingleRecord() {}

    static Reply read(ModuleStore store, long id, Request request) {
        Optional<Row> found = store.find(id);
        boolean converted = found.isPresent() && found.get().is("Converted__s");
        if (found.isEmpty() || converted && request.param("converted", "false").equals("false")) {
            return Reply.empty(204);
        }
        Row row = found.get();
        var since = Times.header(request, "If-Modified-Since");
        if (since.isPresent() && row.modified() < since.getAsLong()) {
            return Reply.empty(304);
        }
        return Reply.json(200, Map.of("data", List.of(record(store, row, request.param("fields")))));
    }

    private static Map<String, Object> record(ModuleStore store, Row row, String fields) {
        Map<String, Object> record = new LinkedHashMap<>();
        Set<String> wanted =
                fields == null ? null : Set.of(fields.replace(" ", "").split(","));
        for (FieldSpec field : row.spec().fields().values()) {
            boolean asked = wanted == null || wanted.contains(field.apiName());
            if (asked && store.access().gives(field.apiName())) {
                record.put(field.apiName(), value(store, row, field));
            }
        }
        record.put("id", Long.toString(row.id()));
        if (wanted == null) {
            system(row, record);
        }
        return record;
    }

    private static Object value(ModuleStore store, Row row, FieldSpec field) {
        Object raw = store.shown(row, field.apiName());
        if (!(field.singleReadOnly() && raw instanceof Map<?, ?>)) {
            return Render.value(raw);
        }
        @SuppressWarnings("unchecked")
        Map<String, Object> details = (Map<String, Object>) Render.value(raw);
        details.putIfAbsent("Owner", Render.value(row.get("Owner")));
        details.putIfAbsent("Created_By", Render.value(row.get("Created_By")));
        details.putIfAbsent("Created_Time", Render.value(row.get("Created_Time")));
        details.putIfAbsent("Modified_By", Render.value(row.get("Modified_By")));
        details.putIfAbsent("Modified_Time", Render.value(row.get("Modified_Time")));
        return details;
    }

    private static void system(Row row, Map<String, Object> record) {
        record.put("$currency_symbol", "€");
        record.put("$field_states", null);
        record.put("$review_process", null);
        record.put("$state", "save");
        record.put("$process_flow", false);
        record.put("$locked_for_me", false);
        record.put("$approved", true);
        record.put("$approval", Map.of("delegate", false, "approve", false, "reject", false, "resubmit", false));
        record.put("$approval_state", "approved");
        record.put("$editable", true);
        record.put("$orchestration", false);
        record.put("$in_merge", false);
        if (row.spec().has("Converted__s")) {
            record.put("$converted", row.is("Converted__s"));
            record.put("$converted_detail", convertedDetail(row));
        }
    }

    private static Map<String, Object> convertedDetail(Row row) {
        Map<String, Object> detail = new LinkedHashMap<>();
        for (String kind : List.of("Deal", "Contact", "Account")) {
            if (row.get("Converted_" + kind) instanceof Ref ref) {
                detail.put(kind.toLowerCase(java.util.Locale.ROOT), Long.toString(ref.id()));
            }
        }
        return detail;
    }
}
