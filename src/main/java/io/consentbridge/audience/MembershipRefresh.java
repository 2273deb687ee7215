package io.consentbridge.audience;

import io.consentbridge.campaigns.ListMembers;
import io.consentbridge.campaigns.ListedMember;
import io.consentbridge.campaigns.MemberStatus;
import io.consentbridge.config.Settings;
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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Reads the unsubscribed, bounced and active members of a list before anything is written (docs/consent.md, "Who left a
 * list"): the API does not tell afterwards whether it subscribed a person again who had left.
 *
 * <p>People are compared by their addresses. Unsubscribed and bounced members are read completely each time, and again if
 * rows moved meanwhile: equal counts prove nothing, and the order of rows is not documented. The first run in 24 hours reads
 * all active members, every other one the newest. The count of active members only makes that reading earlier, if people
 * vanished or confirmed.
 */
public final class MembershipRefresh {

    private static final Duration FULL_READING = Duration.ofDays(1);

    private final ListMembers campaigns;
    private final ListWatch watch;
    private final MailingLists lists;
    private final MemberReading members;
    private final Suppressions suppressions;
    private final Spellings spellings;
    private final ErasedPeople erased;
    private final Supplier<Settings.Rejoin> rejoin;
    private final InstantSource clock;
    private final Map<Long, Look> looked = new ConcurrentHashMap<>();
    private final Map<Long, Lock> turns = new ConcurrentHashMap<>();

    private record Look(Optional<String> key, Instant at) {}

    /**
     * @param erased recognises people who were erased
     * @param rejoin who may undo a refusal by being active again, by the present settings
     */
    public MembershipRefresh(
            ListMembers campaigns,
            ListWatch watch,
            MailingLists lists,
            MemberReading members,
            Suppressions suppressions,
            Spellings spellings,
            ErasedPeople erased,
            Supplier<Settings.Rejoin> rejoin,
            InstantSource clock) {
        this.campaigns = campaigns;
        this.watch = watch;
        this.lists = lists;
        this.members = members;
        this.suppressions = suppressions;
        this.spellings = spellings;
        this.erased = erased;
        this.rejoin = rejoin;
        this.clock = clock;
    }

    /**
     * Refreshes what is known of the list's people. A list that Campaigns does not have yet has none. Two callers for the
     * same list read it in turn.
     *
     * @param runId the run for which the calls are counted; null for none
     * @throws io.consentbridge.zoho.ZohoFault if it could not be read; nothing may be sent to the list then
     */
    public void read(Connection connection, String runId, MailingList list) {
        inTurn(list.id(), () -> look(new Call(connection, runId, list.id()), true));
    }

    /**
     * Reads unsubscribed and bounced members, for no run, unless this process read them within that time; people leave while
     * deliveries wait for their quota.
     */
    public void refresh(Connection connection, MailingList list, Duration within) {
        inTurn(list.id(), () -> {
            if (!isFresh(list, within)) {
                look(new Call(connection, null, list.id()), false);
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

    private record Call(Connection connection, String runId, long listId) {}

    // As it is now: the thread before this one has read it.
    private void look(Call call, boolean active) {
        MailingList list = lists.find(call.listId()).orElseThrow();
        if (list.key().isEmpty()) {
            return;
        }
        Instant reading = suppressions.beginReading();
        long unsubscribed = readGone(call, list, reading, MemberStatus.UNSUBSCRIBED, IgnoreReason.OPTED_OUT);
        long bounced = readGone(call, list, reading, MemberStatus.BOUNCED, IgnoreReason.BOUNCED);
        suppressions.finishReading(list.id(), reading);
        if (active || list.membersReadAt().isEmpty()) {
            long count = watch.active(list.id())
                    .orElseGet(() -> campaigns.count(
                            call.connection(), call.runId(), list.key().orElseThrow(), MemberStatus.ACTIVE));
            MailingList.Counts now = new MailingList.Counts(count, unsubscribed, bounced);
            if (isDue(list, reading) || vanished(list, now) || hasConfirmed(list, now)) {
                readAll(call, list, reading);
            } else {
                readNewest(call, list, reading);
            }
            lists.counted(list.id(), now);
        }
        looked.put(list.id(), new Look(list.key(), clock.instant()));
    }

    private long readGone(Call call, MailingList list, Instant reading, MemberStatus status, IgnoreReason reason) {
        return campaigns.readWhole(call.connection(), call.runId(), list.key().orElseThrow(), status, page -> {
            List<ListedMember> known = withoutErased(page);
            spellings.gone(list.id(), reading, known);
            suppressions.listed(list.id(), reading, reason, people(known));
        });
    }

    private boolean isDue(MailingList list, Instant reading) {
        boolean old = list.membersReadAt()
                .filter(at -> at.plus(FULL_READING).isAfter(clock.instant()))
                .isEmpty();
        return old || members.toConfirm(list.id(), reading);
    }

    /**
     * Whether fewer members are active than the known leavers explain: somebody was deleted in Campaigns, which no list
     * reports, and is re-added, not updated, when their record comes again (B72).
     */
    private static boolean vanished(MailingList list, MailingList.Counts now) {
        return list.counts()
                .filter(before -> before.active() - now.active()
                        > now.unsubscribed() - before.unsubscribed() + now.bounced() - before.bounced())
                .isPresent();
    }

    /** Whether some of the people who were asked to confirm may have done so. */
    private boolean hasConfirmed(MailingList list, MailingList.Counts now) {
        boolean more =
                list.counts().filter(before -> before.active() >= now.active()).isEmpty();
        return more && members.anybodyAsked(list.id());
    }

    private void readAll(Call call, MailingList list, Instant reading) {
        Iterator<List<ListedMember>> pages = scan(call, list, MemberStatus.ACTIVE);
        while (pages.hasNext()) {
            listed(list, reading, pages.next());
        }
        members.finishReading(
                list.id(),
                reading,
                campaigns.count(call.connection(), call.runId(), list.key().orElseThrow(), MemberStatus.COMPLAINED));
    }

    // The daily reading finds people who are overlooked here: neither the order of these rows nor their completeness is
    // documented.
    private void readNewest(Call call, MailingList list, Instant reading) {
        Iterator<List<ListedMember>> pages = scan(call, list, MemberStatus.RECENT);
        boolean news = true;
        while (news && pages.hasNext()) {
            news = listed(list, reading, pages.next()) > 0;
        }
    }

    private int listed(MailingList list, Instant reading, List<ListedMember> all) {
        List<ListedMember> page = withoutErased(all);
        List<Person> returned = spellings.returned(list.id(), page);
        suppressions.cameBack(list.id(), reading, list.membersReadAt(), rejoin.get(), returned);
        spellings.active(list.id(), reading, page);
        return members.listed(list.id(), reading, people(page));
    }

    /** Nothing is stored again of people who were erased. */
    private List<ListedMember> withoutErased(List<ListedMember> page) {
        Set<ListedMember> gone = erased.among(page, ListedMember::spelling);
        return gone.isEmpty()
                ? page
                : page.stream().filter(member -> !gone.contains(member)).toList();
    }

    private static List<Person> people(List<ListedMember> page) {
        return page.stream().map(ListedMember::person).toList();
    }

    private Iterator<List<ListedMember>> scan(Call call, MailingList list, MemberStatus status) {
        return campaigns.scan(call.connection(), call.runId(), list.key().orElseThrow(), status);
    }
}
