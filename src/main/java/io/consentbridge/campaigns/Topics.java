package io.consentbridge.campaigns;

import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.ZohoSeams;
import java.time.Clock;
import java.util.List;

/** Topics by name, through {@code direct:topics}, kept for an hour (campaigns-api §3.2). */
public final class Topics {

    private final ZohoSeams seams;
    private final Clock clock;

    public Topics(ZohoSeams seams, Clock clock) {
        this.seams = seams;
        this.clock = clock;
    }

    /**
     * The ids of topics, whose names are compared trimmed and without case. Calls Zoho when what is known is older than
     * an hour; no names need no call.
     *
     * @param runId the run that the calls are counted for; null for none
     */
    public TopicIds find(Connection connection, String runId, List<String> names) {
        throw new UnsupportedOperationException(seams.toString() + clock);
    }
}
