package io.consentbridge.sandbox.crm.rest;

import java.util.LinkedHashMap;
import java.util.Map;

/** The result of writing one record (docs/zoho-notes.md, "CRM: writes"). */
record Result(String code, Map<String, Object> details, String message, String action, String duplicateField) {

    static Result well(Map<String, Object> details, String message) {
        return new Result("SUCCESS", details, message, null, null);
    }

    static Result refused(String code, Map<String, Object> details, String message) {
        return new Result(code, details, message, null, null);
    }

    Result as(String newAction, String field) {
        return well() ? new Result(code, details, message, newAction, field) : this;
    }

    boolean well() {
        return code.equals("SUCCESS");
    }

    Map<String, Object> body() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("code", code);
        if (duplicateField != null) {
            body.put("duplicate_field", duplicateField);
        }
        if (action != null) {
            body.put("action", action);
        }
        body.put("details", details);
        body.put("message", message);
        body.put("status", well() ? "success" : "error");
        return body;
    }
}
