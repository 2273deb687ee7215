package io.consentbridge.crm;

import io.consentbridge.consent.Evidence;
import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.ZohoSeams;
import java.util.Optional;

/** Reads what the CRM knows of one person's consent, through {@code direct:crm-record} (crm-api §7.3). */
public final class ConsentDetails {

    private final ZohoSeams seams;

    public ConsentDetails(ZohoSeams seams) {
        this.seams = seams;
    }

    /**
     * The evidence of one record's consent; one call.
     *
     * @param runId the run that the call is counted for; null for none
     * @return empty when the record is gone, holds no details, or its details say that consent is not obtained
     */
    public Optional<Evidence> read(Connection connection, String runId, String module, String id) {
        throw new UnsupportedOperationException(seams.toString());
    }
}
