package io.consentbridge.campaigns;

import io.consentbridge.zoho.JsonValue;
import java.util.OptionalLong;

/**
 * What a campaign brought, as Campaigns counts it (docs/zoho-notes.md, "Campaigns: reports"). A count that is absent or cannot
 * be read is empty, which is not zero.
 *
 * @param sent mails that were sent
 * @param delivered mails that arrived
 * @param opened people who opened it, as far as their mail software tells
 * @param unopened people who did not, as far as is known
 * @param clicked people who clicked a link
 * @param hardBounces addresses that do not exist
 * @param softBounces addresses that could not take the mail
 * @param unsent people who were to get it and did not
 * @param unsubscribed people who unsubscribed by it
 * @param spam people who marked it as spam
 * @param complaints complaints that a provider reported
 * @param forwarded people who forwarded it
 * @param autoReplied automatic replies
 */
public record CampaignReport(
        OptionalLong sent,
        OptionalLong delivered,
        OptionalLong opened,
        OptionalLong unopened,
        OptionalLong clicked,
        OptionalLong hardBounces,
        OptionalLong softBounces,
        OptionalLong unsent,
        OptionalLong unsubscribed,
        OptionalLong spam,
        OptionalLong complaints,
        OptionalLong forwarded,
        OptionalLong autoReplied) {

    static CampaignReport of(JsonValue row) {
        return new CampaignReport(
                count(row, "emails_sent_count"),
                count(row, "delivered_count"),
                count(row, "opens_count"),
                count(row, "unopened"),
                count(row, "unique_clicks_count"),
                count(row, "hardbounce_count"),
                count(row, "softbounce_count"),
                count(row, "unsent_count"),
                count(row, "unsub_count"),
                count(row, "spams_count"),
                count(row, "complaints_count"),
                count(row, "forwards_count"),
                count(row, "autoreply_count"));
    }

    /** How many people did it, by the report; empty where it does not say. */
    public OptionalLong of(RecipientAction action) {
        return switch (action) {
            case SENT -> sent;
            case OPENED -> opened;
            case UNOPENED -> unopened;
            case CLICKED -> clicked;
            case OPTED_OUT -> unsubscribed;
            case SPAM -> spam;
            case HARD_BOUNCE -> hardBounces;
            case SOFT_BOUNCE -> softBounces;
            case UNSENT -> unsent;
        };
    }

    private static OptionalLong count(JsonValue row, String field) {
        String said = row.path(field).text().strip();
        if (said.matches("\\d{1,3}(,\\d{3}){1,5}")) {
            return OptionalLong.of(Long.parseLong(said.replace(",", "")));
        }
        return said.matches("\\d{1,18}") ? OptionalLong.of(Long.parseLong(said)) : OptionalLong.empty();
    }
}
