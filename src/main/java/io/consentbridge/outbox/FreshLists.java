package io.consentbridge.outbox;

import io.consentbridge.audience.HeldLists;
import io.consentbridge.audience.MailingList;
import io.consentbridge.audience.MailingLists;
import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.ZohoFault;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Reads who left the lists that people are about to be subscribed to. */
public final class FreshLists {

    private final MailingLists lists;
    private final ListReader reader;
    private final HeldLists heldLists;
    private final ConnectionBackoff backoff;
    private final Duration recheck;

    /** @param recheck how old what is known of people who left may be when somebody is subscribed */
    public FreshLists(
            MailingLists lists, ListReader reader, HeldLists heldLists, ConnectionBackoff backoff, Duration recheck) {
        this.lists = lists;
        this.reader = reader;
        this.heldLists = heldLists;
        this.backoff = backoff;
        this.recheck = recheck;
    }

    /**
     * Reads who left these lists, unless that is known.
     *
     * @param next the lists that are claimed for; the others wait for a claim of theirs, and cost no call until then
     * @return false when it cannot be read, so that nobody may be subscribed
     */
    boolean readIfOld(Connection connection, Set<Long> next) {
        try {
            List<MailingList> there = lists.of(connection.name()).stream()
                    .filter(list -> list.key().isPresent())
                    .toList();
            reader.identify(connection, there, recheck);
            there.stream().filter(list -> next.contains(list.id())).forEach(list -> readWhoLeft(connection, list));
            return true;
        } catch (ZohoFault.Stopped ends) {
            return false;
        } catch (ZohoFault fault) {
            backoff.begin(connection.name(), "who left the list cannot be read: " + fault.getMessage());
            return false;
        }
    }

    // One list that was deleted in Campaigns, or cannot be read, must not keep the others waiting, nor people who
    // leave.
    private void readWhoLeft(Connection connection, MailingList list) {
        reader.refresh(connection, list, recheck)
                .filter(unread -> !unread.gone())
                .ifPresent(unread ->
                        heldLists.holdAndTry(list.id(), "who left the list cannot be read:" + " " + unread.because()));
    }
}
