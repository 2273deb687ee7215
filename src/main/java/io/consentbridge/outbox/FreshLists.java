package io.consentbridge.outbox;

import io.consentbridge.audience.HeldLists;
import io.consentbridge.audience.MailingList;
import io.consentbridge.audience.MailingLists;
import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.ZohoFault;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
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
     * @return those of the lists to which people may be subscribed; empty when nobody may be subscribed to any list
     */
    Optional<Set<Long>> readIfOld(Connection connection, Set<Long> next) {
        try {
            List<MailingList> there = lists.of(connection.name()).stream()
                    .filter(list -> list.key().isPresent())
                    .toList();
            reader.identify(connection, there, recheck);
            Set<Long> read = new HashSet<>(next);
            there.stream()
                    .filter(list -> next.contains(list.id()) && !readWhoLeft(connection, list))
                    .map(MailingList::id)
                    .forEach(read::remove);
            return Optional.of(read);
        } catch (ZohoFault.Stopped ends) {
            return Optional.empty();
        } catch (ZohoFault fault) {
            backoff.begin(connection.name(), "who left the list cannot be read: " + fault.getMessage());
            return Optional.empty();
        }
    }

    // One list that was deleted in Campaigns, or cannot be read, must not keep the others waiting, nor people who
    // leave. A held list is tried when its pause ends, which may be before the claim: nobody is tried unread.
    private boolean readWhoLeft(Connection connection, MailingList list) {
        // What somebody refuses on the list of the purpose counts on the list of a campaign.
        return lists.main(list.id()).map(main -> readAlone(connection, main)).orElse(true)
                && readAlone(connection, list);
    }

    private boolean readAlone(Connection connection, MailingList list) {
        Optional<ListReader.Unread> unread =
                reader.refresh(connection, list, recheck).filter(because -> !because.gone());
        unread.ifPresent(
                because -> heldLists.holdAndTry(list.id(), "who left the list cannot be read: " + because.because()));
        return unread.isEmpty();
    }
}
