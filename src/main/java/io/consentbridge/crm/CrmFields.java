package io.consentbridge.crm;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentbridge.mapping.CrmField;
import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.HourCache;
import io.consentbridge.zoho.ZohoFault;
import io.consentbridge.zoho.ZohoSeams;
import java.time.Clock;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The fields of CRM modules, through {@code direct:crm-settings}, kept for an hour (crm-api §5.2). */
public final class CrmFields {

    private final ZohoSeams seams;
    private final HourCache<Key, Map<String, CrmField>> known;

    public CrmFields(ZohoSeams seams, Clock clock) {
        this.seams = seams;
        this.known = new HourCache<>(clock);
    }

    /**
     * API name to field, in Zoho's order, one at least. Calls Zoho when what is known is older than an hour.
     *
     * @param runId the run that the call is counted for; null for none
     * @throws ZohoFault when Zoho does not tell; that is not kept
     */
    public Map<String, CrmField> of(Connection connection, String runId, String module) {
        return known.get(new Key(connection, module), () -> read(connection, runId, module));
    }

    private Map<String, CrmField> read(Connection connection, String runId, String module) {
        CrmCall call = CrmCall.get(runId, "settings", module, "settings/fields", Map.of("module", Coql.module(module)));
        CrmReply reply = seams.ask("crm-settings", connection, call, CrmReply.class);
        Map<String, CrmField> fields = new LinkedHashMap<>();
        for (JsonNode each : reply.json().path("fields")) {
            CrmField field = field(each);
            fields.put(field.apiName(), field);
        }
        if (fields.isEmpty()) {
            throw new ZohoFault.Rejected(
                    "no-fields",
                    connection.name() + ": Zoho CRM tells of no field of " + module
                            + "; see that the user of the credential may use that module, and try again");
        }
        return Collections.unmodifiableMap(fields);
    }

    private static CrmField field(JsonNode field) {
        String apiName = field.path("api_name").asText();
        return new CrmField(
                apiName,
                field.path("field_label").asText(field.path("display_label").asText(apiName)),
                dataType(field),
                lookupModule(field.path("lookup").path("module")),
                field.path("length").asInt(),
                choices(field.path("pick_list_values")));
    }

    /** Of a formula or a roll-up that of its result. */
    private static String dataType(JsonNode field) {
        String type = field.path("data_type").asText();
        String result = field.path(type).path("return_type").asText("");
        return result.isEmpty() ? type : result;
    }

    /** What the API says of a choice is its actual value; people see its display value. Mostly both are the same. */
    private static Map<String, String> choices(JsonNode values) {
        Map<String, String> choices = new LinkedHashMap<>();
        for (JsonNode value : values) {
            String actual = value.path("actual_value").asText("");
            String display = value.path("display_value").asText(actual);
            if (!actual.isEmpty() && !actual.equals(display)) {
                choices.put(actual, display);
            }
        }
        return choices;
    }

    /** An object with the module's name; older versions give the name alone. */
    private static String lookupModule(JsonNode module) {
        JsonNode name = module.isTextual() ? module : module.path("api_name");
        return name.isTextual() ? name.asText() : null;
    }

    private record Key(Connection connection, String module) {}
}
