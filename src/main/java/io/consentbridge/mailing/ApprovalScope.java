package io.consentbridge.mailing;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What somebody approves: it holds for exactly this, and any change of it voids the approval.
 *
 * @param campaignKey the campaign at Zoho
 * @param subject its subject
 * @param sender the sender's name and address
 * @param contentHash the hash of the mail; empty where it cannot be read
 * @param listKey the list at Zoho
 * @param topic the topic; empty for none
 * @param eligible how many people will receive it
 */
public record ApprovalScope(
        String campaignKey,
        String subject,
        String sender,
        Optional<String> contentHash,
        String listKey,
        Optional<String> topic,
        long eligible) {

    /** What has changed since that was approved, in words; empty if nothing has. */
    public List<String> changesSince(ApprovalScope approved) {
        List<String> changes = new ArrayList<>();
        note(changes, campaignKey, approved.campaignKey, "it is another campaign in Zoho Campaigns now");
        note(changes, subject, approved.subject, "the subject has changed");
        note(changes, sender, approved.sender, "the sender has changed");
        note(changes, contentHash, approved.contentHash, "the content has changed");
        note(changes, listKey, approved.listKey, "it goes to another list now");
        note(changes, topic, approved.topic, "the topic has changed");
        note(
                changes,
                eligible,
                approved.eligible,
                eligible + " people will receive it, and " + approved.eligible + " were approved");
        return changes;
    }

    private static void note(List<String> changes, Object now, Object then, String what) {
        if (!Objects.equals(now, then)) {
            changes.add(what);
        }
    }
}
