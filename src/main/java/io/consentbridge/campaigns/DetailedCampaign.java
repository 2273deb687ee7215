package io.consentbridge.campaigns;

import java.util.List;

/**
 * What Campaigns knows about one campaign (docs/zoho-notes.md, "Campaigns: details of a campaign"). A text that Zoho does not
 * give is empty.
 *
 * @param senderName the name that the mail is from
 * @param sender the address that the mail is from
 * @param schedule Zoho's word for how it is scheduled
 * @param lists the lists that it goes to
 * @param children keys of the variants of an A/B test, whose reports are apart; empty for every other campaign
 */
public record DetailedCampaign(
        String key,
        String name,
        CampaignStatus status,
        String subject,
        String senderName,
        String sender,
        String topicId,
        String topic,
        String schedule,
        List<AssociatedList> lists,
        List<String> children) {

    public DetailedCampaign {
        lists = List.copyOf(lists);
        children = List.copyOf(children);
    }

    /** A list that a campaign goes to. */
    public record AssociatedList(String key, String name) {}
}
