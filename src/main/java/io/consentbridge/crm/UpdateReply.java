package io.consentbridge.crm;

import io.consentbridge.zoho.Answer;
import io.consentbridge.zoho.JsonValue;
import io.consentbridge.zoho.ZohoFault;
import io.consentbridge.zoho.ZohoReply;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the CRM says of each record of an update, read row by row: a 2xx never means that all of them were written, and a 400 may
 * hold some that can be tried again (docs/zoho-notes.md, "CRM: writes"). Only codes count, never messages.
 *
 * @param question the question
 * @param rows one for each record of the question, in its order
 * @param creditsLeft how many credits the organisation has left; empty while Zoho does not say
 * @param at Zoho's clock at the time of the reply
 */
public record UpdateReply(CrmCall question, List<Row> rows, OptionalLong creditsLeft, Instant at) implements Answer {

    private static final int PRECONDITION_FAILED = 412;

    /** Statuses of which the rows decide; any other means that the call as a whole was refused or failed. */
    private static final Set<Integer> BY_ROW = Set.of(200, 201, 202, 207, 400, PRECONDITION_FAILED);

    private static final Set<String> NO_RECORD =
            Set.of("NOT_FOUND", "NO_RECORDS_FOUND", "RECORD_NOT_FOUND", "NO_CONTENT");
    private static final Pattern POSITION = Pattern.compile("\\$\\.data\\[(\\d{1,3})].*");

    public UpdateReply {
        rows = List.copyOf(rows);
    }

    /**
     * What became of one record.
     *
     * @param kind what became of it
     * @param code Zoho's code of a refusal; empty for none
     * @param field the API name of the refused field; empty if none is named
     */
    public record Row(Kind kind, String code, String field) {

        private static final Row WRITTEN = new Row(Kind.WRITTEN, "", "");
        private static final Row UNANSWERED = new Row(Kind.UNANSWERED, "", "");
    }

    /** What became of a record. */
    public enum Kind {
        WRITTEN,
        /** There is no record of that id. */
        GONE,
        REFUSED,
        /** The reply does not say. */
        UNANSWERED
    }

    /**
     * Reads a reply.
     *
     * @param credits the header with the credits that are left; null for none
     * @param at Zoho's clock
     * @throws ZohoFault if the call failed as a whole
     */
    static UpdateReply read(String connection, CrmCall call, ZohoReply reply, String credits, Instant at) {
        JsonValue json = new JsonValue(reply.json());
        JsonValue data = json.path("data");
        List<String> wanted = ids(call);
        JsonValue error = CrmFaults.errorIn(json);
        // Whether one record that was modified refuses its row or the whole call is not said: then it alone is named.
        boolean modified = reply.status() == PRECONDITION_FAILED && data.isList();
        boolean whole =
                error != null && !modified && (!data.isList() || data.values().size() != wanted.size());
        if (!BY_ROW.contains(reply.status()) || whole) {
            throw CrmFaults.of(connection, call, reply.status(), error == null ? json : error);
        }
        if (!data.isList()) {
            throw new ZohoFault.Transient(
                    connection + ": Zoho CRM answered " + call.method() + " of " + call.subject()
                            + " without saying what became of its records (data)",
                    null);
        }
        return new UpdateReply(call, rows(wanted, data.values()), number(credits), at);
    }

    private static OptionalLong number(String credits) {
        return credits != null && credits.strip().matches("\\d{1,18}")
                ? OptionalLong.of(Long.parseLong(credits.strip()))
                : OptionalLong.empty();
    }

    private static List<String> ids(CrmCall call) {
        return new JsonValue(call.json())
                .path("data").values().stream()
                        .map(row -> row.path("id").text())
                        .toList();
    }

    /** By their order, unless a row names another record: then only what names its record counts. */
    private static List<Row> rows(List<String> wanted, List<JsonValue> given) {
        boolean inOrder = given.size() == wanted.size();
        Map<String, Row> named = new HashMap<>();
        for (int i = 0; i < given.size(); i++) {
            String id = named(given.get(i), wanted);
            inOrder &= id == null ? !isWritten(given.get(i)) : i < wanted.size() && id.equals(wanted.get(i));
            if (id != null) {
                named.put(id, row(given.get(i)));
            }
        }
        List<Row> rows = new ArrayList<>(Collections.nCopies(wanted.size(), Row.UNANSWERED));
        for (int i = 0; i < wanted.size(); i++) {
            rows.set(i, inOrder ? row(given.get(i)) : named.getOrDefault(wanted.get(i), Row.UNANSWERED));
        }
        return rows;
    }

    /** The record that a row names by its id or by its position; null if it names none. */
    private static String named(JsonValue row, List<String> wanted) {
        JsonValue details = row.path("details");
        // A duplicate names the other record.
        boolean own = !row.path("code").text().equals("DUPLICATE_DATA");
        String id = details.path("id").text();
        if (own && !id.isEmpty()) {
            return id;
        }
        Matcher position = POSITION.matcher(details.path("json_path").text());
        int index = position.matches() ? Integer.parseInt(position.group(1)) : wanted.size();
        return index < wanted.size() ? wanted.get(index) : null;
    }

    private static boolean isWritten(JsonValue row) {
        return row.path("status").text().equals("success");
    }

    private static Row row(JsonValue row) {
        if (isWritten(row)) {
            return Row.WRITTEN;
        }
        String said = row.path("code").text();
        String code = said.matches("[A-Z][A-Z_]{0,59}") ? said : "";
        if (code.isEmpty() && !row.path("status").text().equals("error")) {
            return Row.UNANSWERED;
        }
        JsonValue details = row.path("details");
        String field = details.path("api_name").text();
        boolean ofId = field.equals("id") || field.isEmpty() && details.has("id");
        boolean malformed = details.has("expected_data_type") || details.has("maximum_length");
        boolean gone = NO_RECORD.contains(code) || code.equals("INVALID_DATA") && ofId && !malformed;
        return new Row(gone ? Kind.GONE : Kind.REFUSED, code, field.matches("\\w{1,100}") ? field : "");
    }
}
