package io.consentbridge.crm;

import io.consentbridge.mapping.CrmField;
import io.consentbridge.sync.FieldKind;
import io.consentbridge.sync.SelectableField;
import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.HourCache;
import io.consentbridge.zoho.JsonValue;
import io.consentbridge.zoho.Payment;
import io.consentbridge.zoho.ZohoFault;
import io.consentbridge.zoho.ZohoSeams;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The fields of CRM modules, through {@code direct:crm-settings}, kept for an hour (docs/zoho-notes.md, "CRM: fields"). */
public final class CrmFields {

    private final ZohoSeams seams;
    private final HourCache<Key, Known> known;

    public CrmFields(ZohoSeams seams, Clock clock) {
        this.seams = seams;
        this.known = new HourCache<>(clock);
    }

    /**
     * API name to field, in Zoho's order, at least one. Calls Zoho if the cached fields are older than an hour.
     *
     * @param runId the run for which the call is counted; null for none
     * @throws ZohoFault if Zoho does not answer; that is not cached
     */
    public Map<String, CrmField> of(Connection connection, String runId, String module) {
        return known(connection, runId, module, Payment.NONE).fields();
    }

    /** The same for no run; a call, if one is needed, is paid for. */
    public Map<String, CrmField> of(Connection connection, String module, Payment payment) {
        return known(connection, null, module, payment).fields();
    }

    /** The same fields as conditions see them; no additional call. */
    public Map<String, SelectableField> selectable(Connection connection, String runId, String module) {
        return known(connection, runId, module, Payment.NONE).selectable();
    }

    /** Removes the fields of the module from the cache. */
    public void forget(Connection connection, String module) {
        known.forget(new Key(connection, module));
    }

    private record Known(Map<String, CrmField> fields, Map<String, SelectableField> selectable) {}

    private Known known(Connection connection, String runId, String module, Payment payment) {
        return known.get(new Key(connection, module), () -> read(connection, runId, module, payment));
    }

    private Known read(Connection connection, String runId, String module, Payment payment) {
        CrmCall call = new CrmCall(
                runId,
                "settings",
                module,
                "settings/fields",
                Map.of("module", Coql.module(module)),
                null,
                null,
                payment);
        CrmReply reply = seams.ask("crm-settings", connection, call, CrmReply.class);
        Map<String, CrmField> fields = new LinkedHashMap<>();
        Map<String, SelectableField> selectable = new LinkedHashMap<>();
        for (JsonValue each : reply.value().path("fields").values()) {
            CrmField field = field(each);
            fields.put(field.apiName(), field);
            selectable.put(field.apiName(), selectable(each, field));
        }
        if (fields.isEmpty()) {
            throw new ZohoFault.Rejected(
                    "no-fields",
                    connection.name() + ": Zoho CRM lists no field of " + module
                            + ". Check that the user of the credential may use that module, and try again");
        }
        return new Known(Collections.unmodifiableMap(fields), Collections.unmodifiableMap(selectable));
    }

    private static CrmField field(JsonValue field) {
        String apiName = field.path("api_name").text();
        return new CrmField(
                apiName,
                field.path("field_label").text(field.path("display_label").text(apiName)),
                dataType(field),
                lookupModule(field.path("lookup").path("module")),
                (int) field.path("length").whole(0),
                choices(field.path("pick_list_values")),
                Restriction.holds(field),
                writable(field));
    }

    /** What is not said counts as writable: the CRM itself refuses what it does not write (docs/zoho-notes.md, "CRM: writes"). */
    private static boolean writable(JsonValue field) {
        return !field.path("read_only").flag(false)
                && !field.path("field_read_only").flag(false)
                && field.path("operation_type").path("api_update").flag(true);
    }

    /** The data type; for a formula or a roll-up that of its result. */
    private static String dataType(JsonValue field) {
        String type = field.path("data_type").text();
        String result = field.path(type).path("return_type").text();
        return result.isEmpty() ? type : result;
    }

    /** The API returns the actual value of a choice; people see its display value. Mostly both are the same. */
    private static Map<String, String> choices(JsonValue values) {
        Map<String, String> choices = new LinkedHashMap<>();
        for (JsonValue value : values.values()) {
            String actual = value.path("actual_value").text();
            String display = value.path("display_value").text(actual);
            if (!actual.isEmpty() && !actual.equals(display)) {
                choices.put(actual, display);
            }
        }
        return choices;
    }

    private static SelectableField selectable(JsonValue json, CrmField field) {
        List<String> choices = new ArrayList<>();
        json.path("pick_list_values")
                .values()
                .forEach(pick -> choices.add(pick.path("actual_value")
                        .text(pick.path("display_value").text())));
        // Tags are a list (docs/zoho-notes.md, "CRM: records of people"); it is not documented how to query them. A
        // restricted field looks empty in every record, so no condition on it can be trusted.
        boolean list = json.path("json_type").text().equals("jsonarray")
                && !field.dataType().equals("multiselectpicklist");
        return new SelectableField(
                field.apiName(),
                list || field.restricted() ? FieldKind.OTHER : FieldKind.of(valueType(json, field.dataType())),
                choices,
                field.lookupModule(),
                json.path("filterable").flag(true));
    }

    /** The result of a formula or a summary is what is compared. */
    private static String valueType(JsonValue json, String dataType) {
        String type = json.path(dataType).path("return_type").text(dataType);
        return type.equals("string") ? "text" : type;
    }

    /** An object with the module's name; older versions return the name alone. */
    private static String lookupModule(JsonValue module) {
        JsonValue name = module.isText() ? module : module.path("api_name");
        return name.isText() ? name.text() : null;
    }

    private record Key(Connection connection, String module) {}
}
