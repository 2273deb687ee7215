package io.consentbridge.sandbox.crm.coql;

import java.util.Map;

/** A refusal of a query by Zoho, with its code and details (docs/zoho-notes.md, "CRM: COQL errors"). */
public final class CoqlError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final transient Map<String, Object> details;

    CoqlError(String code, String message, Map<String, Object> details) {
        super(message, null, false, false);
        this.code = code;
        this.details = details;
    }

    static CoqlError syntax(Token near) {
        return new CoqlError(
                "SYNTAX_ERROR",
                "error occurred while parsing the query",
                Map.of("line", 1, "column", near.at() + 1, "near", near.text()));
    }

    static CoqlError missing(String clause) {
        return new CoqlError("SYNTAX_ERROR", "missing clause", Map.of("clause", clause));
    }

    static CoqlError column(String column) {
        return new CoqlError("INVALID_QUERY", "column given seems to be invalid", Map.of("column_name", column));
    }

    static CoqlError column(String column, String clause) {
        return new CoqlError(
                "INVALID_QUERY", "column is not supported here", Map.of("column_name", column, "clause", clause));
    }

    static CoqlError value(String column, String operator, String reason) {
        return new CoqlError(
                "INVALID_QUERY",
                "value given seems to be invalid for the column",
                Map.of("column_name", column, "operator", operator, "reason", reason));
    }

    static CoqlError limit(String message) {
        return new CoqlError("INVALID_DATA", message, Map.of());
    }

    static CoqlError tooMany() {
        return new CoqlError("LIMIT_EXCEEDED", "limit exceeded", Map.of());
    }

    public String code() {
        return code;
    }

    public Map<String, Object> details() {
        return details;
    }
}
