package io.consentbridge.outbox;

import io.consentbridge.campaigns.ListMembers;
import io.consentbridge.campaigns.MemberStatus;
import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.consent.Person;
import io.consentbridge.zoho.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Reads before anything is written: who unsubscribed from a list or bounced there, and once who is on it (design: read
 * before write). The API cannot say afterwards whether it subscribed somebody again who had left.
 *
 * <p>Counts come first; people are read only when a count moved, and once a day in any case. Active members are read before
 * the first delivery to a list, and again when some of them vanished.
 */
public final class WhoLeft {

    private static final Duration FULL_READING = Duration.ofDays(1);
    private static final Map<MemberStatus, IgnoreReason> GONE = Map.of(
            MemberStatus.UNSUBSCRIBED, IgnoreReason.OPTED_OUT,
            MemberStatus.BOUNCED, IgnoreReason.BOUNCED);

    private final ListMembers campaigns;
    private final MailingLists lists;
    private final Members members;
    private final Suppressions suppressions;
    private final InstantSource clock;
    private final Map<Long, Look> looked = new ConcurrentHashMap<>();
    private final Map<Long, Lock> turns = new ConcurrentHashMap<>();

    private record Look(Optional<String> key, Instant at) {}

    public WhoLeft(
            ListMembers campaigns,
            MailingLists lists,
            Members members,
            Suppressions suppressions,
            InstantSource clock) {
        this.campaigns = campaigns;
        this.lists = lists;
        this.members = members;
        this.suppressions = suppressions;
        this.clock = clock;
    }

    /**
     * Makes what is known of the list's people current. A list that Campaigns does not have yet has none. Two who want the
     * same list read it in turn.
     *
     * @param runId the run that the calls are counted for; null for none
     * @throws io.consentbridge.zoho.ZohoFault when it could not be read; nothing may be sent to the list then
     */
    public void read(Connection connection, String runId, MailingList list) {
        inTurn(list.id(), () -> look(connection, runId, list.id()));
    }

    /**
     * {@link #read} for no run, unless this process looked at the list within that time; people leave while deliveries wait
     * for their quota.
     */
    public void refresh(Connection connection, MailingList list, Duration within) {
        inTurn(list.id(), () -> {
            if (!isFresh(list, within)) {
                look(connection, null, list.id());
            }
        });
    }

    private void inTurn(long listId, Runnable reading) {
        Lock turn = turns.computeIfAbsent(listId, id -> new ReentrantLock());
        turn.lock();
        try {
            reading.run();
        } finally {
            turn.unlock();
        }
    }

    private boolean isFresh(MailingList list, Duration within) {
        Look last = looked.get(list.id());
        return last != null
                && last.key().equals(list.key())
                && last.at().plus(within).isAfter(clock.instant());
    }

    // As it stands now: whoever had the turn before has read it.
    private void look(Connection connection, String runId, long listId) {
        MailingList list = lists.find(listId).orElseThrow();
        if (list.key().isEmpty()) {
            return;
        }
        String key = list.key().get();
        MailingList.Counts now = new MailingList.Counts(
                campaigns.count(connection, runId, key, MemberStatus.ACTIVE),
                campaigns.count(connection, runId, key, MemberStatus.UNSUBSCRIBED),
                campaigns.count(connection, runId, key, MemberStatus.BOUNCED),
                0);
        if (isDue(list, now)) {
            readGone(connection, runId, list, key);
        }
        if (list.membersReadAt().isEmpty() || vanished(list, now) || hasConfirmed(list, now)) {
            readMembers(connection, runId, list, key);
        }
        lists.counted(list.id(), now);
        looked.put(list.id(), new Look(list.key(), clock.instant()));
    }

    /**
     * Whether fewer are active than those who left since can account for: somebody was deleted in Campaigns, of whom no list
     * tells, and who is re-added, not updated, when their record comes again (B72).
     */
    private static boolean vanished(MailingList list, MailingList.Counts now) {
        return list.counts()
                .filter(before -> before.active() - now.active()
                        > now.unsubscribed() - before.unsubscribed() + now.bounced() - before.bounced())
                .isPresent();
    }

    /** Whether some of those who were asked to confirm may have done so. */
    private boolean hasConfirmed(MailingList list, MailingList.Counts now) {
        boolean more =
                list.counts().filter(before -> before.active() >= now.active()).isEmpty();
        return more && members.anybodyAsked(list.id());
    }

    private boolean isDue(MailingList list, MailingList.Counts now) {
        boolean moved = list.counts()
                .filter(before -> before.unsubscribed() == now.unsubscribed() && before.bounced() == now.bounced())
                .isEmpty();
        boolean old = list.refusalsReadAt()
                .filter(at -> at.plus(FULL_READING).isAfter(clock.instant()))
                .isEmpty();
        return moved || old;
    }

    private void readGone(Connection connection, String runId, MailingList list, String key) {
        Instant reading = suppressions.beginReading(list.id());
        GONE.forEach((status, reason) -> {
            Iterator<List<Person>> pages = campaigns.scan(connection, runId, key, status);
            while (pages.hasNext()) {
                suppressions.listed(list.id(), reading, reason, pages.next());
            }
        });
        suppressions.finishReading(list.id(), reading);
    }

    private void readMembers(Connection connection, String runId, MailingList list, String key) {
        Instant reading = members.beginReading(list.id());
        Iterator<List<Person>> pages = campaigns.scan(connection, runId, key, MemberStatus.ACTIVE);
        while (pages.hasNext()) {
            members.listed(list.id(), reading, pages.next());
        }
        members.finishReading(list.id(), reading);
    }
}
