package io.consentbridge.mailing;

import io.consentbridge.consent.Purpose;
import io.consentbridge.sync.ForCampaign;
import java.util.List;
import java.util.Optional;

/**
 * A campaign: one mail to the people of one purpose, as its file describes it (B121-B134).
 *
 * @param name unique name, for people; the campaign at Zoho carries it too
 * @param connection name of the connection on which it is made
 * @param purpose name of the purpose, which gives the list, the topic and the lawful basis (B130-B132)
 * @param subject the subject of the mail
 * @param from the sender
 * @param content where the mail comes from
 * @param recipients who is to receive it
 * @param crmCampaign the record of the CRM's module Campaigns; empty for none
 * @param send when it is sent, once somebody orders it
 * @param approvals how many people other than the author must approve it; 0 for none
 * @param testByClone whether a clone of it may be sent to a list of test addresses
 * @param children keys of further campaigns at Zoho that belong to it, as the mails of an autoresponder do (B150)
 */
public record Campaign(
        String name,
        String connection,
        String purpose,
        String subject,
        Sender from,
        Content content,
        Recipients recipients,
        Optional<CrmCampaign> crmCampaign,
        SendTime send,
        int approvals,
        boolean testByClone,
        List<String> children) {

    public Campaign {
        children = List.copyOf(children);
    }

    /**
     * The sender of the mail, who must be verified in Zoho Campaigns.
     *
     * @param name the name that people read
     * @param address the e-mail address
     */
    public record Sender(String name, String address) {}

    /**
     * The record of the CRM's module Campaigns that belongs to the campaign (B123, B129).
     *
     * @param create whether it is made; otherwise one of the same name is used if there is one
     * @param type its type, such as Email; empty for the CRM's default
     * @param memberStatus the status of the recipients when they become members; empty for the CRM's default
     * @param description its description; empty for none
     */
    public record CrmCampaign(
            boolean create, Optional<String> type, Optional<String> memberStatus, Optional<String> description) {}

    /**
     * The name of the list that the campaign is sent to: that of the purpose, or one of its own where members of the purpose's
     * list are not to receive it (B134).
     *
     * @param named the purpose of that name
     */
    public String list(Purpose named) {
        return recipients.existingMembers() == Recipients.ExistingMembers.INCLUDE
                ? named.list()
                : ForCampaign.ownList(named.list(), name);
    }

    /** Whether the campaign has a list of its own. */
    public boolean hasOwnList() {
        return recipients.existingMembers() == Recipients.ExistingMembers.EXCLUDE;
    }
}
