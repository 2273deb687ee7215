package io.consentbridge.outbox;

import io.consentbridge.campaigns.CampaignsLists;
import io.consentbridge.campaigns.ListGone;
import io.consentbridge.campaigns.ListMembers;
import io.consentbridge.campaigns.MemberStatus;
import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.Connections;
import io.consentbridge.zoho.ZohoFault;

/** Asks how many people are on a list. */
public final class CampaignsReach implements Reach {

    private final Connections connections;
    private final CampaignsLists lists;
    private final ListMembers members;

    public CampaignsReach(Connections connections, CampaignsLists lists, ListMembers members) {
        this.connections = connections;
        this.lists = lists;
        this.members = members;
    }

    @Override
    public boolean answers(Delivery delivery) {
        try {
            ask(delivery);
            return true;
        } catch (ZohoFault.Rejected told) {
            return true;
        } catch (ZohoFault silent) {
            return false;
        }
    }

    @Override
    public boolean hasList(Delivery delivery) {
        try {
            ask(delivery);
            return true;
        } catch (ZohoFault.Rejected told) {
            return !ListGone.isSaidBy(told);
        } catch (ZohoFault silent) {
            return true;
        }
    }

    private void ask(Delivery delivery) {
        Connection connection = connections.named(delivery.connection());
        if (delivery.listKey().isPresent()) {
            members.count(connection, delivery.runId(), delivery.listKey().get(), MemberStatus.ACTIVE);
        } else {
            lists.find(connection, delivery.runId(), delivery.listName());
        }
    }
}
