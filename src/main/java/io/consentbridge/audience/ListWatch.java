package io.consentbridge.audience;

import io.consentbridge.campaigns.CampaignsLists;
import io.consentbridge.campaigns.ListDirectory;
import io.consentbridge.campaigns.ListGone;
import io.consentbridge.campaigns.ListMembers;
import io.consentbridge.campaigns.MemberStatus;
import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.ZohoFault;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Asks Campaigns what a list is: when a run is bound to it, and again and again while deliveries to it wait, since it can be
 * renamed, deleted or given a sign-up form meanwhile.
 */
public final class ListWatch {

    private static final Duration COUNT_IS_FRESH = Duration.ofMinutes(1);

    private final CampaignsLists campaigns;
    private final ListMembers members;
    private final MailingLists lists;
    private final HeldLists heldLists;
    private final InstantSource clock;
    private final Map<Long, Look> looked = new ConcurrentHashMap<>();
    private final Map<Long, Count> counts = new ConcurrentHashMap<>();

    private record Count(long active, Instant at) {}

    // A list under another key is another list, whatever is known of the one before.
    private record Look(Optional<String> key, Instant at) {}

    public ListWatch(
            CampaignsLists campaigns,
            ListMembers members,
            MailingLists lists,
            HeldLists heldLists,
            InstantSource clock) {
        this.campaigns = campaigns;
        this.members = members;
        this.lists = lists;
        this.heldLists = heldLists;
        this.clock = clock;
    }

    /**
     * What the list is now. Changes nothing.
     *
     * @param runId the run that a call is counted for, when one is needed besides the directory; null for none
     */
    public ListIdentity identify(Connection connection, String runId, MailingList list, ListDirectory there) {
        ListIdentity identity = judge(connection, runId, list, there);
        if (identity instanceof ListIdentity.Mismatch && isMissing(list, there)) {
            // A list that is made while the directory is read is not in it.
            ListDirectory anew = campaigns.directory(connection, runId);
            return known(list, judge(connection, runId, list, anew), anew);
        }
        return known(list, identity, there);
    }

    private static boolean isMissing(MailingList list, ListDirectory there) {
        return list.key().isPresent() && list.key().flatMap(there::withKey).isEmpty();
    }

    private ListIdentity judge(Connection connection, String runId, MailingList list, ListDirectory there) {
        return ListIdentity.of(list, lists.of(connection.name()), there, key -> answers(connection, runId, key));
    }

    private ListIdentity known(MailingList list, ListIdentity identity, ListDirectory there) {
        looked.put(list.id(), new Look(list.key(), clock.instant()));
        if (identity instanceof ListIdentity.Found found) {
            looked.put(list.id(), new Look(Optional.of(found.key()), clock.instant()));
            there.withKey(found.key())
                    .flatMap(io.consentbridge.campaigns.MailingList::active)
                    .ifPresent(active -> counts.put(list.id(), new Count(active, clock.instant())));
        }
        return identity;
    }

    /**
     * How many active members Campaigns gave for the list when it was last identified, so that no call has to ask for that
     * again; empty when that was more than a minute ago.
     */
    Optional<Long> active(long listId) {
        return Optional.ofNullable(counts.get(listId))
                .filter(count -> count.at().plus(COUNT_IS_FRESH).isAfter(clock.instant()))
                .map(Count::active);
    }

    /**
     * Holds those of these lists that are not what their purposes say any more, and ends such holds that are over. One call
     * for each hundred lists of the connection; none when each was looked at within that time.
     */
    public void refresh(Connection connection, List<MailingList> all, Duration within) {
        List<MailingList> old = all.stream()
                .filter(list -> list.form().isPresent() && !isFresh(list, within))
                .toList();
        if (old.isEmpty()) {
            return;
        }
        ListDirectory there = campaigns.directory(connection, null);
        for (MailingList list : old) {
            ListIdentity identity = identify(connection, null, list, there);
            if (identity instanceof ListIdentity.Mismatch mismatch) {
                heldLists.hold(list.id(), HeldLists.Kind.IDENTITY, mismatch.text());
            } else if (identity instanceof ListIdentity.Found) {
                heldLists.release(list.id(), HeldLists.Kind.IDENTITY);
            }
        }
    }

    private boolean isFresh(MailingList list, Duration within) {
        Look last = looked.get(list.id());
        return last != null
                && last.key().equals(list.key())
                && last.at().plus(within).isAfter(clock.instant());
    }

    /**
     * Looks for a list that has no key, by the name that we know. One that is not what its purpose says is held, and
     * its key is not kept.
     *
     * @param runId the run that the calls are counted for
     */
    public ListIdentity find(Connection connection, String runId, long listId) {
        MailingList list = lists.find(listId).orElseThrow();
        ListIdentity identity = identify(connection, runId, list, campaigns.directory(connection, runId));
        if (identity instanceof ListIdentity.Mismatch mismatch) {
            heldLists.hold(list.id(), HeldLists.Kind.IDENTITY, mismatch.text());
        }
        return identity;
    }

    /**
     * The key of the list that has this name, for people who leave the list that we know by it; empty when Campaigns has
     * none, or gave the name to a list that we know as another: nobody leaves that one.
     *
     * @param runId the run that the call is counted for
     */
    public Optional<String> findToLeave(Connection connection, String runId, long listId, String name) {
        return campaigns
                .find(connection, runId, name)
                .map(io.consentbridge.campaigns.MailingList::key)
                .filter(key -> lists.of(connection.name()).stream()
                        .noneMatch(other -> other.id() != listId
                                && other.key().filter(key::equals).isPresent()));
    }

    /** Whether Campaigns answers for the list by another call: that one reply calls it gone proves little. One call. */
    public boolean isThere(Connection connection, String runId, MailingList list) {
        return list.key().filter(key -> answers(connection, runId, key)).isPresent();
    }

    private boolean answers(Connection connection, String runId, String key) {
        try {
            members.count(connection, runId, key, MemberStatus.ACTIVE);
            return true;
        } catch (ZohoFault.Rejected refused) {
            if (ListGone.isSaidBy(refused)) {
                return false;
            }
            throw refused;
        }
    }
}
