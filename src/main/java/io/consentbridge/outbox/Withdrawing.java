package io.consentbridge.outbox;

import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.store.Columns;
import io.consentbridge.sync.Outcome;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Withdraws subscriptions of records that no longer ask for them, within a transaction. */
final class Withdrawing {

    /** @param ours whether the sync asked for it, or another one that does not know the record: it was asked in its name */
    private record Row(
            long id, UnconfirmedSubscription sent, String recordId, Long outcomeId, boolean claimed, boolean ours) {}

    private final Handle handle;
    private final String sync;
    private final String byRun;
    private final Instant now;

    Withdrawing(Handle handle, String sync, String byRun, Instant now) {
        this.handle = handle;
        this.now = now;
        this.sync = sync;
        this.byRun = byRun;
    }

    /** Runs whose deliveries wait; a run of another sync may have asked in the name of this one (B80). */
    private List<Long> unfinished() {
        return handle.createQuery("""
                        with recursive waiting (run_id) as (
                            select min(run_id) from delivery
                            union all
                            select (select min(d.run_id) from delivery d where d.run_id > waiting.run_id)
                            from waiting where waiting.run_id is not null)
                        select n.id from waiting join run_number n on n.run_id = waiting.run_id
                        """).mapTo(Long.class).list();
    }

    /** Whom the records stood for in those runs, by the number. */
    private Set<Long> people(List<Long> runs, Collection<String> recordIds) {
        if (runs.isEmpty()) {
            return Set.of();
        }
        return handle
                .createQuery("""
                        select o.person_id from unnest(:runs) as unfinished (id)
                        join unnest(:records) as wanted (id) on true
                        join outcome o on o.run = unfinished.id and o.record_id = wanted.id
                        where o.person_id is not null
                        """)
                .bindArray("runs", Long.class, runs)
                .bindArray("records", String.class, List.copyOf(recordIds))
                .mapTo(Long.class)
                .stream()
                .collect(Collectors.toSet());
    }

    /** Read again under the lock: until now another sync may have replaced them, or a worker claimed them. */
    private List<Row> waiting(Collection<Long> people) {
        List<Long> ids = handle.createQuery("""
                        select d.id from unnest(:people) as wanted (id)
                        join delivery d on d.person_id = wanted.id
                        where d.action = 'subscribe'
                        """)
                .bindArray("people", Long.class, List.copyOf(people))
                .mapTo(Long.class)
                .list();
        if (ids.isEmpty()) {
            return List.of();
        }
        return handle.createQuery("""
                        select id, list_id, person_id, fingerprint, run_id, record_id, outcome_id,
                            claimed_by is not null as claimed,
                            exists (select 1 from run r where r.id = delivery.run_id and (r.sync = :sync or not exists (
                                select 1 from source_record s
                                where s.sync = r.sync and s.record_id = delivery.record_id))) as ours
                        from delivery where id = any(:ids) and action = 'subscribe' order by id for update
                        """)
                .bindArray("ids", Long.class, ids)
                .bind("sync", sync)
                .map((row, context) -> new Row(
                        row.getLong("id"),
                        UnconfirmedSubscription.read(row, context),
                        row.getString("record_id"),
                        Columns.number(row, "outcome_id"),
                        row.getBoolean("claimed"),
                        row.getBoolean("ours")))
                .list();
    }

    void withdraw(Collection<String> recordIds) {
        Set<Long> people = people(unfinished(), recordIds);
        Set<String> records = Set.copyOf(recordIds);
        List<Row> rows = waiting(people).stream()
                .filter(row -> row.ours() && records.contains(row.recordId()))
                .toList();
        OutcomeUpdates fates = new OutcomeUpdates(handle);
        for (Row row : rows) {
            Outcome.Ignored outcome = new Outcome.Ignored(IgnoreReason.OTHER);
            fates.settle(row.outcomeId(), false, outcome, "withdrawn by run " + byRun);
        }
        fates.write();
        MemberRows.unsure(
                handle, rows.stream().filter(Row::claimed).map(Row::sent).toList(), now);
        DeliveryRows.delete(handle, rows.stream().map(Row::id).toList());
        List<Long> letters = handle.createQuery("""
                        select d.id from unnest(:records) as wanted (id)
                        join dead_letter d on d.record_id = wanted.id and d.sync = :sync
                        where d.action = 'subscribe'
                        """)
                .bindArray("records", String.class, List.copyOf(recordIds))
                .bind("sync", sync)
                .mapTo(Long.class)
                .list();
        DeadLetterRows.delete(handle, letters);
    }
}
