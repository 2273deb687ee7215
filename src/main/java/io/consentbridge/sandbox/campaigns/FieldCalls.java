package io.consentbridge.sandbox.campaigns;

import io.consentbridge.sandbox.web.Reply;
import io.consentbridge.sandbox.web.Request;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Contact fields: replies nested under {@code response} (docs/zoho-notes.md, "Campaigns: contact fields"). */
final class FieldCalls {

    private static final Set<String> TYPES = Set.of(
            "Text",
            "Integer",
            "Phone",
            "Date",
            "Picklist",
            "Email",
            "Checkbox",
            "LongInteger",
            "URL",
            "textarea",
            "RadioOption",
            "Multiselect",
            "DateTime",
            "Decimal",
            "Percent");

    private final Account account;

    FieldCalls(Account account) {
        this.account = account;
    }

    Reply all(Request request) {
        if (!known(request.param("type"))) {
            return error(request, "903", "Mandatory parameter is missing.");
        }
        List<Object> rows = new ArrayList<>();
        for (ContactField field : account.fields()) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("DISPLAY_NAME", field.displayName());
            row.put("FIELD_NAME", field.name());
            row.put("IS_MANDATORY", Boolean.toString(field.mandatory()));
            row.put("FIELD_ID", field.id());
            row.put("UITYPE", field.type());
            rows.add(row);
        }
        return nested(request, "0", Map.of("fieldnames", Map.of("fieldname", rows)));
    }

    Reply add(Request request) {
        String name = request.param("fieldname");
        String type = request.param("fieldtype");
        if (!known(request.param("type")) || name == null || name.isBlank() || type == null) {
            return error(request, "903", "Mandatory parameter is missing.");
        }
        if (!TYPES.contains(type)) {
            return error(request, "910", "No such field type.");
        }
        // Assumed: letters, digits and blanks (docs/zoho-notes.md, "Campaigns: contact fields").
        if (!name.matches("[\\p{Alnum} ]+")) {
            return error(request, "910", "Field name is not alphanumeric.");
        }
        if (!account.addField(name, name.toLowerCase(Locale.ROOT).replace(' ', '_'), type, false)) {
            return error(request, "916", "Duplicate custom field.");
        }
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("message", "Success");
        content.put("fieldtype", type);
        content.put("mandatory_check", "false");
        content.put("fieldname", name);
        content.put("fieldlength", request.param("fieldlength", "20"));
        content.put("type", request.param("type"));
        return nested(request, "200", content);
    }

    private static boolean known(String type) {
        return "json".equalsIgnoreCase(type) || "xml".equalsIgnoreCase(type);
    }

    private static Reply nested(Request request, String code, Map<String, Object> content) {
        Map<String, Object> inner = new LinkedHashMap<>(content);
        inner.put("code", code);
        inner.put("uri", request.path());
        return "xml".equalsIgnoreCase(request.param("type"))
                ? new Envelope(code, inner).xml()
                : Reply.json(200, Map.of("response", inner), code);
    }

    private static Reply error(Request request, String code, String message) {
        Envelope error = Envelope.error(request.path(), code, message);
        return "json".equalsIgnoreCase(request.param("type")) ? error.json() : error.xml();
    }
}
