package io.consentbridge.campaigns;

import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.ZohoSeams;
import java.util.Set;

/** The contact fields of Campaigns, through {@code direct:campaigns-fields} and {@code direct:create-field}. */
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
        throw new UnsupportedOperationException(seams.toString());
    }

    /**
     * Creates a field; one that is there already is taken as it is.
     *
     * @param type Campaigns' word for its type, such as {@code Text} or {@code Date} (campaigns-api §2.9)
     */
    public void create(Connection connection, String runId, String name, String type) {
        throw new UnsupportedOperationException(seams.toString());
    }
}
