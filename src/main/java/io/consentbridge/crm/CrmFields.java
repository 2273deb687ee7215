package io.consentbridge.crm;

import io.consentbridge.mapping.CrmField;
import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.ZohoSeams;
import java.time.Clock;
import java.util.Map;

/** The fields of CRM modules, through {@code direct:crm-settings}, kept for an hour (crm-api §5.2). */
public final class CrmFields {

    private final ZohoSeams seams;
    private final Clock clock;

    public CrmFields(ZohoSeams seams, Clock clock) {
        this.seams = seams;
        this.clock = clock;
    }

    /** API name to field. Calls Zoho when what is known is older than an hour. */
    public Map<String, CrmField> of(Connection connection, String module) {
        throw new UnsupportedOperationException(seams.toString() + clock);
    }
}
