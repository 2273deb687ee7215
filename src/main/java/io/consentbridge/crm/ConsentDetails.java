package io.consentbridge.crm;

import io.consentbridge.consent.ConsentBreach;
import io.consentbridge.consent.FactsReader;
import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.JsonValue;
import io.consentbridge.zoho.ZohoSeams;
import java.util.Map;

/**
 * Reads the details of a record's consent, through {@code direct:crm-record} (docs/zoho-notes.md, "CRM: lawful basis and
 * consent").
 */
public final class ConsentDetails {

    private final ZohoSeams seams;

    public ConsentDetails(ZohoSeams seams) {
        this.seams = seams;
    }

    /**
     * The details of one record's consent, as {@link FactsReader#withDetails} reads them; one call.
     *
     * @param runId the run that the call is counted for; null for none
     * @return API name to value; empty if the record was deleted or has no details
     */
    public Map<String, Object> read(Connection connection, String runId, String module, String id) {
        if (!id.matches("\\d+")) {
            throw new IllegalArgumentException("a record's id has digits only");
        }
        String path = Coql.module(module) + "/" + id;
        String details = FactsReader.DETAILS;
        // Without "converted" a lead that became a contact gives 204 (docs/zoho-notes.md, "CRM: values in lists").
        Map<String, String> parameters =
                module.equals("Leads") ? Map.of("fields", details, "converted", "both") : Map.of("fields", details);
        CrmCall call = CrmCall.get(runId, "record", module, path, parameters);
        CrmReply reply = seams.ask("crm-record", connection, call, CrmReply.class);
        JsonValue record = reply.value().path("data").path(0);
        if (!record.path("id").text(id).equals(id)) {
            throw new ConsentBreach("the details of one record are read for another");
        }
        return record.path(details).fields();
    }
}
