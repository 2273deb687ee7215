package io.consentbridge.crm;

import io.consentbridge.zoho.JsonValue;
import io.consentbridge.zoho.Scopes;
import io.consentbridge.zoho.ZohoFault;
import io.consentbridge.zoho.ZohoJson;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Interprets errors of the CRM (docs/zoho-notes.md, "CRM: error codes" and "CRM: COQL errors"). Only codes count, never
 * messages, whose words change between releases.
 */
final class CrmFaults {

    /** These codes arrive here only after the token was replaced. */
    private static final Set<String> TOKEN = Set.of("INVALID_TOKEN", "INVALID_OAUTHTOKEN", "AUTHENTICATION_FAILURE");

    private static final Set<String> PAGE = Set.of("EXPIRED_VALUE", "TOKEN_BOUND_DATA_MISMATCH");

    private static final Set<String> PASSING = Set.of(
            "TOO_MANY_REQUESTS",
            "RATE_LIMIT_EXCEEDED",
            "INTERNAL_ERROR",
            "SERVICE_UNAVAILABLE",
            "DEPENDENT_SERVICE_ERROR");

    /** Details that name things of the organisation, never a person's data. */
    private static final List<String> TELLING =
            List.of("column_name", "param_name", "api_name", "operator", "clause", "near", "permissions", "limit");

    private CrmFaults() {}

    /** The error in a reply, whether it is flat or the first element of a list; null when there is none. */
    static JsonValue errorIn(JsonValue json) {
        if (isError(json)) {
            return json;
        }
        for (JsonValue value : json.values()) {
            if (value.isList() && value.values().size() == 1 && isError(value.path(0))) {
                return value.path(0);
            }
        }
        return null;
    }

    private static boolean isError(JsonValue value) {
        return value.path("status").text().equals("error") && value.path("code").isText();
    }

    static ZohoFault of(String connection, CrmCall call, int status, JsonValue error) {
        String code = error.path("code").text();
        String name = code.matches("[A-Z_]{1,60}") ? code : "HTTP " + status;
        String what = name + details(error.path("details"));
        if (PAGE.contains(code)) {
            return new ZohoFault.PageLost(connection + ": Zoho CRM no longer knows where reading of " + call.subject()
                    + " stopped (" + what + ")");
        }
        if (code.equals(Scopes.MISMATCH)) {
            return ZohoFault.Rejected.byScope(
                    call.method(),
                    connection + ": the credential lacks a scope for " + call.method() + " of " + call.subject() + " ("
                            + what + "). Make a new refresh token that has "
                            + String.join(" and ", CrmScopes.of(call)) + " too");
        }
        if (TOKEN.contains(code) || status == 401) {
            return new ZohoFault.Credential(connection + ": Zoho CRM refuses a new access token (" + what
                    + "). Check that the refresh token belongs to this organisation and data centre");
        }
        if (PASSING.contains(code) || status == 429 || status >= 500) {
            return new ZohoFault.Transient(
                    connection + ": Zoho CRM answered " + status + " (" + what + ") to " + call.method() + " of "
                            + call.subject(),
                    null);
        }
        return rejected(name, connection + ": " + refusal(code, call) + " (" + what + ")" + wayOut(code));
    }

    private static ZohoFault rejected(String code, String message) {
        return new ZohoFault.Rejected(code, message);
    }

    private static String refusal(String code, CrmCall call) {
        return switch (code) {
            case "NO_PERMISSION" ->
                "the user of the credential may not " + (call.method().equals(CrmCall.UPDATE) ? "change " : "read ")
                        + call.subject();
            case "INVALID_MODULE" -> "Zoho CRM knows no module " + call.subject();
            default -> "Zoho CRM refuses " + call.method() + " of " + call.subject();
        };
    }

    private static String wayOut(String code) {
        return switch (code) {
            case "PAGINATION_LIMIT_EXCEEDED" ->
                ". Zoho CRM returns at most 100,000 records of a custom view. Use scope: criteria instead";
            case "FEATURE_NOT_SUPPORTED",
                    "NOT_SUPPORTED" -> // Their meaning is assumed (docs/zoho-notes.md, "CRM: error codes").
                ". The CRM's edition may not include it: Zoho offers criteria with paid editions of both CRM and"
                        + " Campaigns. See the edition with: consentbridge check";
            case "NO_PERMISSION" -> ". Give that user's profile the permission in Zoho CRM";
            case "INVALID_MODULE" -> ". Use its API name, shown in Setup under Developer Hub, APIs and SDKs";
            case "INVALID_QUERY" -> ". Check the fields and conditions of the sync against the module";
            default -> "";
        };
    }

    private static String details(JsonValue details) {
        return TELLING.stream()
                .filter(details::has)
                .map(each -> ", " + each + " " + tame(details.path(each)))
                .collect(Collectors.joining());
    }

    private static String tame(JsonValue value) {
        String text = value.isObject() || value.isList() ? ZohoJson.write(value.value()) : value.text();
        return text.matches("[\\w.,\"\\[\\]$ =<>!-]{0,100}") ? text : "(not shown)";
    }
}
