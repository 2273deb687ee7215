package io.consentbridge.campaigns;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.ZohoSeams;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The contact fields of Campaigns, through {@code direct:campaigns-fields} and {@code direct:create-field} (campaigns-api
 * §2.8, §2.9).
 */
public final class CampaignsFields {

    private final ZohoSeams seams;

    public CampaignsFields(ZohoSeams seams) {
        this.seams = seams;
    }

    /**
     * Their display names, in Campaigns' order; one call.
     *
     * @param runId the run that the calls are counted for; null for none
     */
    public Set<String> names(Connection connection, String runId) {
        CampaignsCall call = CampaignsCall.read(runId, "contact/allfields", Map.of("type", "json"));
        JsonNode fields = seams.ask("campaigns-fields", connection, call, CampaignsReply.class)
                .json()
                .path("response")
                .path("fieldnames")
                .path("fieldname");
        Set<String> names = new LinkedHashSet<>();
        for (JsonNode field : fields) {
            names.add(field.path("DISPLAY_NAME").asText());
        }
        return names;
    }

    /**
     * Creates a field; one that is there already is taken as it is.
     *
     * @param type Campaigns' word for its type, such as {@code Text} or {@code Date} (campaigns-api §2.9)
     */
    public void create(Connection connection, String runId, String name, String type) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("type", "json");
        parameters.put("fieldname", name);
        parameters.put("fieldtype", type);
        CampaignsCall call = CampaignsCall.change(runId, "custom/add", parameters);
        seams.ask("create-field", connection, call, CampaignsReply.class);
    }
}
