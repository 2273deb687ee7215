package io.consentbridge.campaigns;

import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.JsonValue;
import io.consentbridge.zoho.ZohoFault;
import io.consentbridge.zoho.ZohoSeams;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads the details of campaigns, through {@code direct:campaign-details} (docs/zoho-notes.md, "Campaigns: details of a
 * campaign").
 */
public final class CampaignDetails {

    private final ZohoSeams seams;

    public CampaignDetails(ZohoSeams seams) {
        this.seams = seams;
    }

    /**
     * The details of a campaign, with one call; empty if Zoho has none.
     *
     * @param runId the run for which the call is counted; null for none
     * @param key the key of the campaign
     * @throws ZohoFault if Zoho does not answer it
     */
    public Optional<DetailedCampaign> of(Connection connection, String runId, String key) {
        return read(connection, runId, key, "normal");
    }

    /** Like {@link #of}, of a campaign that tests two variants. */
    public Optional<DetailedCampaign> ofTest(Connection connection, String runId, String key) {
        return read(connection, runId, key, "abtesting");
    }

    private Optional<DetailedCampaign> read(Connection connection, String runId, String key, String kind) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("resfmt", "JSON");
        parameters.put("campaignkey", key);
        parameters.put("campaigntype", kind);
        CampaignsCall call = CampaignsCall.read(runId, "getcampaigndetails", parameters);
        CampaignsReply reply = seams.ask("campaign-details", connection, call, CampaignsReply.class);
        if (reply.empty()) {
            return Optional.empty();
        }
        JsonValue details = first(reply.value().path("campaign-details"));
        if (!details.isObject()) {
            throw new ZohoFault.Transient(
                    connection.name() + ": Zoho Campaigns answered getcampaigndetails without details of the campaign"
                            + " (campaign-details)",
                    null);
        }
        return Optional.of(campaign(key, details, reply.value()));
    }

    private static DetailedCampaign campaign(String key, JsonValue details, JsonValue whole) {
        JsonValue test = first(whole.path("AB-split-details"));
        return new DetailedCampaign(
                key,
                SaidTimes.text(details, "campaign_name"),
                CampaignStatus.of(SaidTimes.text(details, "campaign_status")),
                any(details, "email_subject", "subject"),
                any(details, "sender_name", "from_name"),
                any(details, "email_from", "from_email"),
                SaidTimes.text(details, "topic_id"),
                SaidTimes.text(details, "topic_name"),
                SaidTimes.text(details, "schedule_type"),
                whole.path("associated_mailing_lists").values().stream()
                        .map(list -> new DetailedCampaign.AssociatedList(
                                SaidTimes.text(list, "listkey"), SaidTimes.text(list, "listname")))
                        .filter(list -> !list.key().isEmpty())
                        .toList(),
                Stream.of("a_child_campaignkey", "b_child_campaignkey")
                        .map(field -> SaidTimes.text(test, field))
                        .filter(child -> !child.isEmpty() && !child.equals(key))
                        .distinct()
                        .toList());
    }

    /** Arrays and single objects are both seen. */
    private static JsonValue first(JsonValue value) {
        return value.isList() ? value.path(0) : value;
    }

    private static String any(JsonValue row, String... fields) {
        return List.of(fields).stream()
                .map(field -> SaidTimes.text(row, field))
                .filter(said -> !said.isEmpty())
                .findFirst()
                .orElse("");
    }
}
