package io.consentbridge.outbox;

import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.store.Columns;
import io.consentbridge.sync.Outcome;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Withdraws the subscriptions of a sync in batches, each within a transaction. */
final class WithdrawingAll {

    private static final int SOME = 500;
    private static final Outcome WITHDRAWN = new Outcome.Ignored(IgnoreReason.OTHER);

    private final Handle handle;
    private final String sync;
    private final String because;
    private final Instant now;

    /** @param because why, for the people who look at the outcomes */
    WithdrawingAll(Handle handle, String sync, String because, Instant now) {
        this.handle = handle;
        this.sync = sync;
        this.because = because;
        this.now = now;
    }

    private record Row(
            long id, UnconfirmedSubscription sent, long personId, String runId, Long outcomeId, boolean claimed) {}

    /**
     * @param sharing other syncs to the same lists
     * @param anew collects those of them whose subscription was replaced by this sync's
     * @return how many were withdrawn; 0 if none is left
     */
    int some(Collection<String> sharing, Set<String> anew) {
        Map<Long, String> found = new HashMap<>();
        handle.createQuery("""
                        select d.id, d.run_id from run r join delivery d on d.run_id = r.id
                        where r.sync = :sync and d.action = 'subscribe'
                        fetch first :some rows only
                        """)
                .bind("sync", sync)
                .bind("some", SOME)
                .map((row, context) -> found.put(row.getLong("id"), row.getString("run_id")))
                .list();
        List<Row> rows = locked(found);
        OutcomeUpdates fates = new OutcomeUpdates(handle);
        rows.forEach(row -> fates.settle(row.outcomeId(), false, WITHDRAWN, because));
        fates.write();
        MemberRows.unsure(
                handle, rows.stream().filter(Row::claimed).map(Row::sent).toList(), now);
        DeliveryRows.delete(handle, rows.stream().map(Row::id).toList());
        readAnew(rows.stream().map(Row::personId).toList(), sharing, anew);
        return found.size();
    }

    /** Read again under the lock: until now another sync may have replaced them, or a worker claimed them. */
    private List<Row> locked(Map<Long, String> found) {
        return handle
                .createQuery("""
                        select id, list_id, person_id, fingerprint, run_id, outcome_id, claimed_by is not null as claimed
                        from delivery where id = any(:ids) and action = 'subscribe' order by id for update
                        """)
                .bindArray("ids", Long.class, List.copyOf(found.keySet()))
                .map((row, context) -> new Row(
                        row.getLong("id"),
                        UnconfirmedSubscription.read(row, context),
                        row.getLong("person_id"),
                        row.getString("run_id"),
                        Columns.number(row, "outcome_id"),
                        row.getBoolean("claimed")))
                .stream()
                .filter(row -> row.runId().equals(found.get(row.id())))
                .toList();
    }

    /** One delivery waits per person and list, so what another sync asked for may have given way to what is taken back. */
    private void readAnew(List<Long> people, Collection<String> sharing, Set<String> anew) {
        List<String> others = handle.createQuery("""
                        select distinct s.sync from unnest(:people) as wanted (id)
                        join source_record s on s.person_id = wanted.id
                        where s.sync = any(:sharing)
                        """)
                .bindArray("people", Long.class, people)
                .bindArray("sharing", String.class, List.copyOf(sharing))
                .mapTo(String.class)
                .list();
        if (!others.isEmpty()) {
            handle.createUpdate("""
                            update source_record set settled = false where sync = any(:syncs) and person_id = any(:people)
                            """)
                    .bindArray("syncs", String.class, others)
                    .bindArray("people", Long.class, people)
                    .execute();
            anew.addAll(others);
        }
    }

    static void deadLetters(Handle handle, String sync) {
        handle.createUpdate("delete from dead_letter where sync = :sync and action = 'subscribe'")
                .bind("sync", sync)
                .execute();
    }
}
