package io.consentbridge.sandbox.crm.rest;

import io.consentbridge.sandbox.crm.schema.Catalogue;
import io.consentbridge.sandbox.crm.schema.ModuleSpec;
import io.consentbridge.sandbox.crm.store.Crm;
import io.consentbridge.sandbox.crm.store.ModuleStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code GET /settings/modules} and {@code /settings/related_lists} (docs/zoho-notes.md, "CRM: modules" and "CRM:
 * related lists").
 */
final class ModuleMetadata {

    private ModuleMetadata() {}

    /** Returns all modules, including those closed to the credential unless a test says otherwise. */
    static Map<String, Object> all(Crm crm) {
        List<Map<String, Object>> modules = new ArrayList<>();
        for (ModuleStore store : crm.modules()) {
            boolean closed = store.access().closed();
            if (!closed || UncertainCrm.CLOSED_MODULES_ARE_LISTED) {
                Map<String, Object> module = module(store.spec());
                module.put("viewable", !closed);
                modules.add(module);
            }
        }
        return Map.of("modules", modules);
    }

    /** Returns one module by name or id, null when there is none. */
    static Map<String, Object> one(String nameOrId) {
        return Catalogue.ALL.stream()
                .filter(m ->
                        m.apiName().equals(nameOrId) || Long.toString(m.id()).equals(nameOrId))
                .findFirst()
                .<Map<String, Object>>map(m -> Map.of("modules", List.of(module(m))))
                .orElse(null);
    }

    static Map<String, Object> related(ModuleSpec module) {
        List<Map<String, Object>> lists = switch (module.apiName()) {
            case "Leads" -> List.of(list(module, 1, Catalogue.CAMPAIGNS));
            case "Contacts" -> List.of(list(module, 1, Catalogue.DEALS), list(module, 2, Catalogue.CAMPAIGNS));
            case "Accounts" -> List.of(list(module, 1, Catalogue.CONTACTS), list(module, 2, Catalogue.DEALS));
            case "Campaigns" -> List.of(list(module, 1, Catalogue.LEADS), list(module, 2, Catalogue.CONTACTS));
            default -> List.of();
        };
        return Map.of("related_lists", lists);
    }

    private static Map<String, Object> list(ModuleSpec module, int number, ModuleSpec target) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", Long.toString(module.id() + 1_000 + number));
        map.put("api_name", target.apiName());
        map.put("display_label", target.plural());
        map.put("name", target.plural());
        map.put("module", Map.of("api_name", target.apiName(), "id", Long.toString(target.id())));
        map.put("href", target.apiName() + "/{ENTITYID}/" + target.apiName());
        map.put("type", "default");
        map.put("action", null);
        map.put("sequence_number", number);
        map.put("connectedmodule", null);
        map.put("linkingmodule", null);
        map.put("status", "visible");
        return map;
    }

    private static Map<String, Object> module(ModuleSpec spec) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("api_name", spec.apiName());
        map.put("module_name", spec.custom() ? "CustomModule" + spec.number() : spec.apiName());
        map.put("id", Long.toString(spec.id()));
        map.put("generated_type", spec.custom() ? "custom" : "default");
        map.put("api_supported", true);
        map.put("singular_label", spec.singular());
        map.put("plural_label", spec.plural());
        map.put("viewable", true);
        map.put("creatable", true);
        map.put("editable", true);
        map.put("deletable", true);
        map.put("convertable", spec.apiName().equals("Leads"));
        map.put("visible", true);
        map.put("visibility", 1);
        map.put("status", "visible");
        map.put("access_type", "org_based");
        map.put("parent_module", Map.of());
        map.put("profiles", List.of(Map.of("name", "Administrator", "id", "5394166000000026011")));
        map.put("recycle_bin_on_delete", true);
        map.put("filter_supported", true);
        map.put("global_search_supported", true);
        map.put("modified_time", null);
        map.put("sequence_number", spec.number());
        return map;
    }
}
