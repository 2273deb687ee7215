package io.consentbridge.outbox;

import io.consentbridge.audience.Spellings;
import io.consentbridge.campaigns.ContactAnswer;
import io.consentbridge.campaigns.ContactCall;
import io.consentbridge.campaigns.ContactPermits;
import io.consentbridge.campaigns.ContactReply;
import io.consentbridge.quota.QuotaGovernor;
import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.ZohoFault;
import io.consentbridge.zoho.ZohoSeams;
import java.time.InstantSource;
import java.util.List;

/**
 * Unsubscribes a person under each other spelling of their address that Campaigns lists, before the delivery's own call does
 * so under the normal form: Campaigns may reply to that one that it does not know the address (2103), and mail the other
 * (Z).
 */
public final class OtherSpellings {

    private final ZohoSeams seams;
    private final QuotaGovernor quota;
    private final Spellings spellings;
    private final InstantSource clock;
    private final ContactPermits permits;

    public OtherSpellings(
            ZohoSeams seams, QuotaGovernor quota, Spellings spellings, InstantSource clock, ContactPermits permits) {
        this.seams = seams;
        this.quota = quota;
        this.spellings = spellings;
        this.clock = clock;
        this.permits = permits;
    }

    /**
     * Does nothing for a delivery that subscribes. What is done is remembered at once, so that a delivery that is interrupted
     * goes on with the rest. The first call is the one that was reserved with the delivery; each further one is reserved here.
     *
     * @param listKey null for Do-Not-Mail
     * @throws ZohoFault.Throttled when the quota allows no further call for now
     * @throws ZohoFault.Rejected when Campaigns does not take a spelling that it lists; all others were tried
     */
    void leave(Connection connection, Delivery delivery, String listKey) {
        if (delivery.action() == Action.SUBSCRIBE) {
            return;
        }
        String refused = null;
        for (String spelling : delivery.otherSpellings()) {
            if (ask(connection, delivery, listKey, spelling) instanceof ContactReply.Accepted) {
                spellings.left(
                        delivery.connection(),
                        delivery.listId(),
                        delivery.action() == Action.DO_NOT_MAIL,
                        delivery.personId(),
                        spelling,
                        clock.instant());
            } else {
                refused = spelling;
            }
            quota.admit(connection.name(), delivery.action().method());
        }
        if (refused != null) {
            ask(connection, delivery, listKey, null);
            throw new ZohoFault.Rejected(
                    "spelling",
                    connection.name() + ": Zoho Campaigns does not unsubscribe the person from the mailing list \""
                            + delivery.listName()
                            + "\" under the spelling of the address that it lists. Unsubscribe them in Campaigns");
        }
    }

    private ContactReply ask(Connection connection, Delivery delivery, String listKey, String spelling) {
        String seam = delivery.action() == Action.UNSUBSCRIBE ? "unsubscribe-contact" : "do-not-mail-contact";
        ContactCall call =
                new ContactCall(delivery.runId(), listKey, delivery.content().contactInfo(), List.of(), null, spelling);
        permits.give(connection, delivery.action().method(), call);
        try {
            return seams.ask(seam, connection, call, ContactAnswer.class).reply();
        } finally {
            permits.withdraw(call);
        }
    }
}
