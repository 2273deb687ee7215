package io.consentbridge.outbox;

import io.consentbridge.audience.MailingLists;
import io.consentbridge.audience.MembershipRefresh;
import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.store.Columns;
import io.consentbridge.store.Database;
import io.consentbridge.store.OutcomeChanges;
import io.consentbridge.store.StoredOutcome;
import io.consentbridge.sync.Outcome;
import io.consentbridge.zoho.Connections;
import io.consentbridge.zoho.ZohoFault;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads back whether Campaigns lists people as members whom we put back on a list, since no document says whether the API can
 * make an unsubscribed person active again. Where it does not, the outcome says so, and ConsentBridge does not try again.
 */
public final class PutBack {

    private static final int DETAIL = 500;
    private static final Set<String> SUBSCRIBED = Set.of(Outcome.NEW, Outcome.READDED, Outcome.DUPLICATE);
    private static final StoredOutcome IN_VAIN = StoredOutcome.of(new Outcome.Ignored(IgnoreReason.OTHER));

    private static final Logger LOG = LoggerFactory.getLogger(PutBack.class);

    private final Database database;
    private final MailingLists lists;
    private final MembershipRefresh whoLeft;
    private final Connections connections;
    /** Two batches of one list may end at the same time; the list is read once. */
    private final Map<Long, ReentrantLock> readings = new ConcurrentHashMap<>();

    public PutBack(Database database, MailingLists lists, MembershipRefresh whoLeft, Connections connections) {
        this.database = database;
        this.lists = lists;
        this.whoLeft = whoLeft;
        this.connections = connections;
    }

    /**
     * Reads each list once, when the last delivery that puts somebody back on it has ended, however it did; a reading that fails is
     * made up by the next run.
     */
    void readBack(List<Settlement> settled) {
        Map<Long, List<Delivery>> byList = settled.stream()
                .map(Settlement::delivery)
                .filter(Delivery::returning)
                .collect(Collectors.groupingBy(Delivery::listId));
        byList.forEach((listId, deliveries) -> {
            ReentrantLock reading = readings.computeIfAbsent(listId, list -> new ReentrantLock());
            reading.lock();
            try {
                if (!more(listId) && isUnread(listId)) {
                    readBack(listId, deliveries.get(0));
                }
            } finally {
                reading.unlock();
            }
        });
    }

    private boolean more(long listId) {
        return database.query(handle -> handle.createQuery(
                        "select 1 from delivery where list_id = :list and put_back fetch first row only")
                .bind("list", listId)
                .mapTo(Integer.class)
                .findOne()
                .isPresent());
    }

    /** Whether somebody was put back since the last reading of those who left. */
    private boolean isUnread(long listId) {
        return database.query(handle -> handle.createQuery("""
                        select 1 from list_member m join mailing_list l on l.id = m.list_id
                        where m.list_id = :list and m.returned_at is not null
                          and (l.refusals_read_at is null or m.returned_at >= l.refusals_read_at)
                        fetch first row only
                        """)
                .bind("list", listId)
                .mapTo(Integer.class)
                .findOne()
                .isPresent());
    }

    private void readBack(long listId, Delivery one) {
        try {
            whoLeft.read(
                    connections.named(one.connection()),
                    one.runId(),
                    lists.find(listId).orElseThrow());
        } catch (ZohoFault fault) {
            LOG.warn(
                    "{}: the next run reads the people who were put back on \"{}\": {}",
                    one.connection(),
                    one.listName(),
                    fault.getMessage());
            return;
        }
        say(listId);
    }

    /** Records whose person was put back in vain do not count as re-added, in the run that put them back. */
    private void say(long listId) {
        database.change(handle -> {
            Map<Long, String> details = inVain(handle, listId);
            OutcomeChanges changes = new OutcomeChanges(handle);
            changes.write(changes.lock(details.keySet()).values().stream()
                    .filter(outcome -> SUBSCRIBED.contains(outcome.outcome().word()))
                    .map(outcome -> outcome.becomes(IN_VAIN, details.get(outcome.id()), outcome.failure()))
                    .toList());
        });
    }

    /** The outcomes of people who were put back in vain, each with what is to be said of it. */
    private static Map<Long, String> inVain(Handle handle, long listId) {
        Map<Long, String> details = new HashMap<>();
        handle.createQuery("""
                        select distinct o.id, coalesce(m.left_at, m.delivered_at) as left_at,
                            m.taken_off_by, m.taken_off_because, m.taken_off_sure, m.returned_at
                        from list_member m
                        join source_record s on s.person_id = m.person_id
                        join outcome o on o.run = m.counted_run and o.record_id = s.record_id and o.person_id = m.person_id
                        join outcome_kind k on k.id = o.kind
                        where m.list_id = :list and m.taken_off and not m.active and m.returned_at is not null
                          and m.returned_at = m.subscribed_at and k.outcome in ('new', 'readded', 'duplicate')
                        """)
                .bind("list", listId)
                .map((row, context) -> details.put(
                        row.getLong("id"), Columns.clip(TakenOff.row(row).text(), DETAIL)))
                .list();
        return details;
    }
}
