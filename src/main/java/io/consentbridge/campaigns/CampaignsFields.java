package io.consentbridge.campaigns;

import io.consentbridge.mapping.NewField;
import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.HourCache;
import io.consentbridge.zoho.JsonValue;
import io.consentbridge.zoho.ZohoFault;
import io.consentbridge.zoho.ZohoSeams;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The contact fields of Campaigns, through {@code direct:campaigns-fields} and {@code direct:create-field}, kept for an
 * hour (docs/zoho-notes.md, "Campaigns: contact fields").
 */
public final class CampaignsFields {

    /**
     * The code of Campaigns for "no further field"; its text mentions contacts (docs/zoho-notes.md, "Campaigns: contact
     * fields").
     */
    private static final String FULL = "914";

    private final ZohoSeams seams;
    private final HourCache<Connection, Set<String>> known;

    public CampaignsFields(ZohoSeams seams, Clock clock) {
        this.seams = seams;
        this.known = new HourCache<>(clock);
    }

    /**
     * Their display names, in Campaigns' order. Calls Zoho if the cached names are older than an hour.
     *
     * @param runId the run that the call is counted for; null for none
     */
    public Set<String> names(Connection connection, String runId) {
        return known.get(connection, () -> read(connection, runId));
    }

    /** Removes the names from the cache. */
    public void forget(Connection connection) {
        known.forget(connection);
    }

    /**
     * Creates a field; one call.
     *
     * @return false if Campaigns has one of that name already, perhaps since a moment ago
     * @throws ZohoFault.Rejected if Campaigns refuses; its message says if no further field is allowed
     */
    public boolean create(Connection connection, String runId, NewField field) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("type", "json");
        parameters.put("fieldname", field.name());
        parameters.put("fieldtype", field.type());
        parameters.put("fieldlength", String.valueOf(field.length()));
        CampaignsCall call = CampaignsCall.change(runId, "custom/add", parameters);
        try {
            return !seams.ask("create-field", connection, call, CampaignsReply.class)
                    .existed();
        } catch (ZohoFault.Rejected refused) {
            if (refused.code().equals(FULL)) {
                throw new ZohoFault.Rejected(
                        FULL,
                        connection.name()
                                + ": Campaigns has reached its limit of contact fields (914). Delete one there,"
                                + " or remove \""
                                + field.name() + "\" from the mapping");
            }
            throw refused;
        }
    }

    private Set<String> read(Connection connection, String runId) {
        CampaignsCall call = CampaignsCall.read(runId, "contact/allfields", Map.of("type", "json"));
        JsonValue fields = seams.ask("campaigns-fields", connection, call, CampaignsReply.class)
                .value()
                .path("response")
                .path("fieldnames")
                .path("fieldname");
        Set<String> names = new LinkedHashSet<>();
        for (JsonValue field : fields.values()) {
            names.add(field.path("DISPLAY_NAME").text());
        }
        return names;
    }
}
