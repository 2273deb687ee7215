package io.consentbridge.crm;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.consentbridge.consent.ConsentBreach;
import io.consentbridge.consent.FactsReader;
import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.ZohoSeams;
import java.util.Map;

/**
 * Reads what the CRM knows of one person's consent, through {@code direct:crm-record} (docs/zoho-notes.md, "CRM: lawful
 * basis and consent").
 */
public final class ConsentDetails {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> VALUES = new TypeReference<>() {};

    private final ZohoSeams seams;

    public ConsentDetails(ZohoSeams seams) {
        this.seams = seams;
    }

    /**
     * The details of one record's consent, as {@link FactsReader#withDetails} reads them; one call.
     *
     * @param runId the run that the call is counted for; null for none
     * @return API name to value; empty when the record is gone or holds no details
     */
    public Map<String, Object> read(Connection connection, String runId, String module, String id) {
        if (!id.matches("\\d+")) {
            throw new IllegalArgumentException("a record's id has digits only");
        }
        String path = Coql.module(module) + "/" + id;
        String details = FactsReader.DETAILS;
        // Without "converted" a lead that became a contact is answered with 204 (docs/zoho-notes.md, "CRM: values in
        // lists").
        Map<String, String> parameters =
                module.equals("Leads") ? Map.of("fields", details, "converted", "both") : Map.of("fields", details);
        CrmCall call = CrmCall.get(runId, "record", module, path, parameters);
        CrmReply reply = seams.ask("crm-record", connection, call, CrmReply.class);
        JsonNode record = reply.json().path("data").path(0);
        if (!record.path("id").asText(id).equals(id)) {
            throw new ConsentBreach("the details of one record are read for another");
        }
        JsonNode told = record.path(details);
        return told.isObject() ? JSON.convertValue(told, VALUES) : Map.of();
    }
}
