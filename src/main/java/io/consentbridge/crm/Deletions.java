package io.consentbridge.crm;

import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.ZohoSeams;
import java.time.Instant;
import java.util.Iterator;

/** Reads which records were deleted, through {@code direct:crm-deleted} (crm-api §4). */
public final class Deletions {

    private final ZohoSeams seams;

    public Deletions(ZohoSeams seams) {
        this.seams = seams;
    }

    /**
     * The records deleted at or after {@code since}, in Zoho's order, 200 a call, each page fetched when it is needed. A
     * failure is remembered and thrown again.
     *
     * @param runId the run that the calls are counted for; null for none
     * @param since null for all that Zoho still knows
     */
    public Iterator<Deletion> since(Connection connection, String runId, String module, Instant since) {
        throw new UnsupportedOperationException(seams.toString());
    }
}
