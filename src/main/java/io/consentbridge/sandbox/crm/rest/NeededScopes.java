package io.consentbridge.sandbox.crm.rest;

import io.consentbridge.sandbox.web.Request;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which scopes a call needs (docs/zoho-notes.md, "CRM: scopes"). */
final class NeededScopes {

    private static final Set<String> STANDARD =
            Set.of("leads", "contacts", "accounts", "deals", "campaigns", "vendors", "products", "cases", "notes");
    private static final Pattern FROM = Pattern.compile("(?i)\\bfrom\\s+(\\w+)");

    private NeededScopes() {}

    static List<String> of(Request request) {
        String path = request.path();
        if (path.startsWith("/crm/bulk/")) {
            return List.of("ZohoCRM.bulk.READ");
        }
        String[] parts = path.substring("/crm/v8/".length()).split("/");
        return switch (parts[0]) {
            case "coql" ->
                coql(request.json()
                        .map(body -> body.path("select_query").asText())
                        .orElse(""));
            case "org", "users" -> List.of("ZohoCRM." + parts[0] + ".READ");
            case "settings" -> List.of("ZohoCRM.settings." + (parts.length > 1 ? parts[1] : "") + ".READ");
            default -> List.of(records(parts[0], operation(request.method())));
        };
    }

    private static List<String> coql(String query) {
        Matcher from = FROM.matcher(query);
        return from.find()
                ? List.of("ZohoCRM.coql.READ", records(from.group(1), "READ"))
                : List.of("ZohoCRM.coql.READ");
    }

    private static String operation(String method) {
        return switch (method) {
            case "POST" -> "CREATE";
            case "PUT", "PATCH" -> "UPDATE";
            case "DELETE" -> "DELETE";
            default -> "READ";
        };
    }

    private static String records(String module, String operation) {
        String name = module.toLowerCase(Locale.ROOT);
        return "ZohoCRM.modules." + (STANDARD.contains(name) ? name : "custom") + "." + operation;
    }
}
