package io.consentbridge.crm;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Knows the scopes that a credential needs for the CRM (docs/zoho-notes.md, "CRM: scopes"). */
public final class CrmScopes {

    /** For queries; the module's scope is needed as well. */
    public static final String QUERIES = "ZohoCRM.coql.READ";

    /** The list of modules. */
    public static final String MODULES = "ZohoCRM.settings.modules.READ";

    /** The fields of modules. */
    public static final String FIELDS = "ZohoCRM.settings.fields.READ";

    /** Custom views. */
    public static final String VIEWS = "ZohoCRM.settings.custom_views.READ";

    /** The organisation, with its edition and privacy settings. */
    public static final String ORGANISATION = "ZohoCRM.org.READ";

    /** Zoho's standard modules; all others use the scope of custom modules. */
    private static final Set<String> STANDARD = Set.of(
            "leads",
            "contacts",
            "accounts",
            "deals",
            "campaigns",
            "vendors",
            "products",
            "cases",
            "solutions",
            "tasks",
            "events",
            "calls",
            "quotes",
            "invoices",
            "notes");

    private CrmScopes() {}

    /** The scope for reading the records of a module, by its API name. */
    public static String records(String module) {
        String name = module.toLowerCase(Locale.ROOT);
        return "ZohoCRM.modules." + (STANDARD.contains(name) ? name : "custom") + ".READ";
    }

    /** The scope for changing the records of a module, by its API name. */
    public static String updates(String module) {
        return records(module).replace(".READ", ".UPDATE");
    }

    static List<String> of(CrmCall call) {
        if (call.method().equals(CrmCall.UPDATE)) {
            return List.of(updates(call.subject()));
        }
        String path = call.path();
        if (path.startsWith("settings/modules")) {
            return List.of(MODULES);
        } else if (path.startsWith("settings/custom_views")) {
            return List.of(VIEWS);
        } else if (path.startsWith("settings/")) {
            return List.of(FIELDS);
        } else if (path.equals("org")) {
            return List.of(ORGANISATION);
        }
        return path.equals("coql") ? List.of(QUERIES, records(call.subject())) : List.of(records(call.subject()));
    }
}
