package io.consentbridge.campaigns;

import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.JsonValue;
import io.consentbridge.zoho.ZohoFault;
import io.consentbridge.zoho.ZohoSeams;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads the reports of campaigns, through {@code direct:campaign-report} (docs/zoho-notes.md, "Campaigns: reports"). */
public final class CampaignReports {

    private final ZohoSeams seams;

    public CampaignReports(ZohoSeams seams) {
        this.seams = seams;
    }

    /**
     * The report of a campaign, with one call; empty if there is no such campaign, or it is not sent: Zoho does not say which.
     *
     * @param runId the run for which the call is counted; null for none
     * @param key the key of the campaign
     * @throws ZohoFault if Zoho does not answer it
     */
    public Optional<CampaignReport> of(Connection connection, String runId, String key) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("resfmt", "JSON");
        parameters.put("campaignkey", key);
        CampaignsCall call = CampaignsCall.read(runId, "campaignreports", parameters);
        CampaignsReply reply = seams.ask("campaign-report", connection, call, CampaignsReply.class);
        if (reply.empty()) {
            return Optional.empty();
        }
        JsonValue report = reply.value().path("campaign-reports").path(0);
        if (!report.isObject()) {
            throw new ZohoFault.Transient(
                    connection.name() + ": Zoho Campaigns answered campaignreports without its counts"
                            + " (campaign-reports)",
                    null);
        }
        return Optional.of(CampaignReport.of(report));
    }
}
