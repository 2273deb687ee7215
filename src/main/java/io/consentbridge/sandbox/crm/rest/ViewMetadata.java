package io.consentbridge.sandbox.crm.rest;

import io.consentbridge.sandbox.crm.coql.Condition;
import io.consentbridge.sandbox.crm.coql.Operator;
import io.consentbridge.sandbox.crm.schema.ModuleSpec;
import io.consentbridge.sandbox.crm.store.ModuleStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code GET /settings/custom_views} (docs/zoho-notes.md, "CRM: custom views"). */
final class ViewMetadata {

    private ViewMetadata() {}

    static Map<String, Object> all(ModuleStore store) {
        ModuleSpec module = store.spec();
        List<View> views = View.of(store);
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("per_page", 200);
        info.put("default", Long.toString(views.get(0).id()));
        info.put("count", views.size());
        info.put("page", 1);
        info.put("more_records", false);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("custom_views", views.stream().map(view -> view(module, view)).toList());
        body.put("info", info);
        return body;
    }

    /** Returns one view, null when there is none of that id. */
    static Map<String, Object> one(ModuleStore store, String id) {
        return View.of(store).stream()
                .filter(view -> Long.toString(view.id()).equals(id))
                .findFirst()
                .<Map<String, Object>>map(view -> Map.of("custom_views", List.of(view(store.spec(), view))))
                .orElse(null);
    }

    private static Map<String, Object> view(ModuleSpec module, View view) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", Long.toString(view.id()));
        map.put("name", view.name());
        map.put("display_value", view.name());
        map.put("system_name", view.systemName());
        map.put("category", "public_views");
        map.put("access_type", "public");
        map.put("default", view.id() == module.viewId(0));
        map.put("system_defined", view.ofSystem());
        map.put("favorite", null);
        map.put("locked", false);
        map.put("shared_to", null);
        map.put("criteria", criteria(module, view.condition()));
        map.put("sort_by", null);
        map.put("sort_order", null);
        return map;
    }

    private static Map<String, Object> criteria(ModuleSpec module, Condition condition) {
        Map<String, Object> map = new LinkedHashMap<>();
        if (condition instanceof Condition.And and) {
            map.put("group_operator", "AND");
            map.put("group", List.of(criteria(module, and.left()), criteria(module, and.right())));
            return map;
        }
        if (condition instanceof Condition.Test test) {
            map.put("comparator", test.operator() == Operator.EQUAL ? "equal" : "greater_than");
            map.put(
                    "field",
                    Map.of(
                            "api_name",
                            test.column(),
                            "id",
                            Long.toString(module.fieldId(module.field(test.column())))));
            map.put(
                    "value",
                    test.values().get(0).equals("true") ? true : test.values().get(0));
            map.put("type", "value");
            return map;
        }
        return null;
    }
}
