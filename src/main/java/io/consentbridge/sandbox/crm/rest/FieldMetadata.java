package io.consentbridge.sandbox.crm.rest;

import io.consentbridge.sandbox.crm.schema.Catalogue;
import io.consentbridge.sandbox.crm.schema.DataType;
import io.consentbridge.sandbox.crm.schema.FieldSpec;
import io.consentbridge.sandbox.crm.schema.ModuleSpec;
import io.consentbridge.sandbox.crm.store.Access;
import io.consentbridge.sandbox.crm.store.ModuleStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code GET /settings/fields}: field objects complete enough for Zoho's own SDK (docs/zoho-notes.md, "CRM: fields"). */
final class FieldMetadata {

    private FieldMetadata() {}

    static Map<String, Object> of(ModuleStore store) {
        ModuleSpec module = store.spec();
        Access access = store.access();
        return Map.of(
                "fields",
                module.fields().values().stream()
                        .filter(field -> access.knows(field.apiName()))
                        .map(field -> field(module, store.retyping().of(field), access))
                        .toList());
    }

    static Map<String, Object> field(ModuleSpec module, FieldSpec field, Access access) {
        boolean writable = !field.readOnly();
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", Long.toString(module.fieldId(field)));
        map.put("api_name", field.apiName());
        map.put("field_label", field.label());
        map.put("display_label", field.label());
        map.put("data_type", field.type().api());
        map.put("json_type", field.type().json());
        map.put("length", field.length());
        map.put("decimal_place", field.type() == DataType.CURRENCY ? 2 : null);
        map.put("custom_field", field.custom());
        map.put("system_mandatory", field.required());
        map.put("read_only", field.readOnly());
        map.put("field_read_only", field.readOnly());
        map.put("visible", true);
        map.put("filterable", !field.singleReadOnly());
        map.put("searchable", field.type() == DataType.TEXT || field.type() == DataType.EMAIL);
        map.put("sortable", !field.singleReadOnly() && field.type() != DataType.TAGS);
        map.put("virtual_field", false);
        map.put("type", "used");
        map.put("view_type", flags(writable, "view", "edit", "create", "quick_create"));
        map.put("operation_type", flags(writable, "api_create", "api_update", "web_create", "web_update"));
        map.put("pick_list_values", picks(module, field));
        map.put("pick_list_values_sorted_lexically", false);
        map.put("lookup", lookup(field));
        map.put("multi_module_lookup", Map.of());
        map.put("multiselectlookup", Map.of());
        map.put("multiuserlookup", Map.of());
        map.put("associated_module", null);
        map.put("subform", null);
        map.put("formula", field.type() == DataType.FORMULA ? Map.of("return_type", "double") : Map.of());
        map.put("rollup_summary", Map.of());
        map.put("auto_number", Map.of());
        map.put("unique", Map.of());
        map.put("currency", field.type() == DataType.CURRENCY ? Map.of("rounding_option", "normal") : Map.of());
        map.put("private", privacy(field, access));
        map.put("crypt", null);
        boolean health = access.restricts(field.apiName(), Access.Hiding.BY_HIPAA);
        map.put("hipaa_compliance", health ? Map.of("restricted", true, "restricted_in_export", true) : null);
        map.put("hipaa_compliance_enabled", health);
        map.put("history_tracking", null);
        map.put("history_tracking_enabled", false);
        map.put("external", null);
        map.put("created_source", field.custom() ? "custom" : "default");
        map.put("display_type", -1);
        map.put("ui_type", 1);
        map.put("quick_sequence_number", null);
        map.put("created_time", null);
        map.put("modified_time", null);
        map.put("column_name", field.apiName().toUpperCase(java.util.Locale.ROOT));
        return map;
    }

    private static Map<String, Object> flags(boolean writable, String... names) {
        Map<String, Object> flags = new LinkedHashMap<>();
        for (String name : names) {
            flags.put(name, writable || name.equals("view"));
        }
        return flags;
    }

    private static List<Object> picks(ModuleSpec module, FieldSpec field) {
        List<Object> picks = new ArrayList<>();
        for (String value : field.picks()) {
            Map<String, Object> pick = new LinkedHashMap<>();
            String actual = value.substring(0, value.indexOf('|') < 0 ? value.length() : value.indexOf('|'));
            pick.put("display_value", value.substring(value.indexOf('|') + 1));
            pick.put("sequence_number", picks.size() + 1);
            pick.put("reference_value", actual);
            pick.put("colour_code", null);
            pick.put("actual_value", actual);
            pick.put("id", Long.toString(module.fieldId(field) * 100 % 1_000_000_000_000_000_000L + picks.size()));
            pick.put("type", "used");
            picks.add(pick);
        }
        return picks;
    }

    private static Map<String, Object> lookup(FieldSpec field) {
        Map<String, Object> lookup = new LinkedHashMap<>();
        Catalogue.ALL.stream().filter(m -> m.apiName().equals(field.target())).forEach(target -> {
            lookup.put("display_label", field.label());
            lookup.put("api_name", null);
            lookup.put("module", Map.of("api_name", target.apiName(), "id", Long.toString(target.id())));
            lookup.put("id", Long.toString(target.id() + 500));
        });
        return lookup;
    }

    private static Map<String, Object> privacy(FieldSpec field, Access access) {
        boolean restricted = access.restricts(field.apiName(), Access.Hiding.BY_PRIVACY);
        if (field.privacy() == null && !restricted) {
            return null;
        }
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("restricted", restricted);
        map.put("type", field.privacy() == null ? "High" : field.privacy());
        map.put("export", true);
        return map;
    }
}
