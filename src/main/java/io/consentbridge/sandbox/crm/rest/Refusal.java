package io.consentbridge.sandbox.crm.rest;

import io.consentbridge.sandbox.web.Reply;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A refusal of a call, with a flat error body (docs/zoho-notes.md, "CRM: error codes"). */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final transient Map<String, Object> details;

    Refusal(int status, String code, String message, Map<String, Object> details) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.details = details;
    }

    static Refusal of(String code, String message, Map<String, Object> details) {
        return new Refusal(400, code, message, details);
    }

    static Refusal module() {
        return of("INVALID_MODULE", "the module name given seems to be invalid", Map.of("resource_path_index", 0));
    }

    /** Returns the refusal because the profile of the credential's user does not permit the module. */
    static Refusal closed(String module) {
        return new Refusal(
                403,
                "NO_PERMISSION",
                "permission denied",
                Map.of("permissions", List.of("Crm_Implied_View_" + module)));
    }

    static Refusal missing(String param) {
        return of("REQUIRED_PARAM_MISSING", "One of the expected parameter is missing", Map.of("param_name", param));
    }

    static Refusal invalid(String param) {
        return of("INVALID_DATA", "the value given seems to be invalid", Map.of("param_name", param));
    }

    static Refusal url() {
        return new Refusal(
                404, "INVALID_URL_PATTERN", "Please check if the URL trying to access is a correct one", Map.of());
    }

    static Refusal method() {
        return new Refusal(405, "INVALID_REQUEST_METHOD", "The http request method type is not a valid one", Map.of());
    }

    Map<String, Object> body() {
        return envelope(code, getMessage(), details, "error");
    }

    Reply reply() {
        return Reply.json(status, body(), status + " " + code);
    }

    static Map<String, Object> envelope(String code, String message, Map<String, Object> details, String status) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("code", code);
        body.put("details", details);
        body.put("message", message);
        body.put("status", status);
        return body;
    }
}
