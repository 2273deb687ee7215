package io.consentbridge.campaigns;

import io.consentbridge.zoho.JsonValue;
import java.time.Instant;
import java.util.Optional;

/**
 * A campaign as Campaigns lists it (docs/zoho-notes.md, "Campaigns: listing campaigns"). A text that Zoho does not give is empty.
 *
 * @param key Zoho's key, which stays when the campaign is renamed
 * @param kind Zoho's word for the kind, such as {@code abtesting}
 * @param sender the address that the mail is from
 * @param sent when it was sent; empty where Zoho does not say
 * @param created when it was made; empty where Zoho does not say
 */
public record ListedCampaign(
        String key,
        String name,
        CampaignStatus status,
        String kind,
        String subject,
        String sender,
        Optional<Instant> sent,
        Optional<Instant> created) {

    static ListedCampaign of(JsonValue row) {
        return new ListedCampaign(
                row.path("campaign_key").text().strip(),
                SaidTimes.text(row, "campaign_name"),
                CampaignStatus.of(row.path("campaign_status").text()),
                SaidTimes.text(row, "campaigntype"),
                SaidTimes.text(row, "subject"),
                SaidTimes.text(row, "from_email"),
                SaidTimes.epoch(row, "sent_time"),
                SaidTimes.epoch(row, "created_time"));
    }
}
