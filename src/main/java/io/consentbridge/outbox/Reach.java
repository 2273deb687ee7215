package io.consentbridge.outbox;

import io.consentbridge.campaigns.CampaignsLists;
import io.consentbridge.campaigns.ListMembers;
import io.consentbridge.campaigns.MemberStatus;
import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.Connections;
import io.consentbridge.zoho.ZohoFault;

/** Whether Campaigns answers at all: by a call that reads and names nobody. */
public final class Reach {

    private final Connections connections;
    private final CampaignsLists lists;
    private final ListMembers members;

    public Reach(Connections connections, CampaignsLists lists, ListMembers members) {
        this.connections = connections;
        this.lists = lists;
        this.members = members;
    }

    /** Asks about the list of the delivery, at one call; false too when that is locked or the credential is refused. */
    public boolean answers(Delivery delivery) {
        Connection connection = connections.named(delivery.connection());
        try {
            if (delivery.listKey().isPresent()) {
                members.count(connection, delivery.runId(), delivery.listKey().get(), MemberStatus.ACTIVE);
            } else {
                lists.find(connection, delivery.runId(), delivery.listName());
            }
            return true;
        } catch (ZohoFault.Rejected told) {
            return true;
        } catch (ZohoFault silent) {
            return false;
        }
    }
}
