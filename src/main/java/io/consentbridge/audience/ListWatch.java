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
 * Identifies lists in Campaigns: when a run is bound to one, and repeatedly while deliveries to it wait, since it can be
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

    // A list with another key is another list, whatever is known of the earlier one.
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
     * The present identity of the list. Changes nothing.
     *
     * @param runId the run for which a call is counted, if one is needed besides the directory; null for none
     */
    public ListIdentity identify(Connection connection, String runId, MailingList list, ListDirectory there) {
        ListIdentity identity = judge(connection, runId, list, there);
        if (identity instanceof ListIdentity.Mismatch && isMissing(list, there)) {
            // A list that is created while the directory is read is not in it.
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
     * The number of active members of the list when it was last identified, which saves a call; empty if that was more than
     * a minute ago.
     */
    Optional<Long> active(long listId) {
        return Optional.ofNullable(counts.get(listId))
                .filter(count -> count.at().plus(COUNT_IS_FRESH).isAfter(clock.instant()))
                .map(Count::active);
    }

    /**
     * Holds those of these lists that differ from their purposes, and releases those that match again. One call for each
     * hundred lists of the connection; none if each was identified within that time.
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
     * Looks for a list without a key by its known name. A list that differs from its purpose is held, and its key is not
     * stored.
     *
     * @param runId the run for which the calls are counted
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
     * The key of the list with this name, for removals from a list without a key; empty if Campaigns has none, or if the
     * name belongs to a list that is known as another one, from which nobody is removed.
     *
     * @param runId the run for which the call is counted
     */
    public Optional<String> findToLeave(Connection connection, String runId, long listId, String name) {
        return campaigns
                .find(connection, runId, name)
                .map(io.consentbridge.campaigns.MailingList::key)
                .filter(key -> lists.of(connection.name()).stream()
                        .noneMatch(other -> other.id() != listId
                                && other.key().filter(key::equals).isPresent()));
    }

    /** Whether Campaigns answers for the list by another call, since one reply that it is gone proves little. One call. */
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
