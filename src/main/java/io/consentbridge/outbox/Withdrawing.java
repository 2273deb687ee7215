package io.consentbridge.outbox;

import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.sync.Outcome;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Takes back subscriptions of records that ask for none any more, within a transaction. */
final class Withdrawing {

    private record Row(long id, PerhapsSent sent, String runId, String recordId, boolean claimed) {}

    private final Handle handle;
    private final String sync;
    private final String byRun;

    Withdrawing(Handle handle, String sync, String byRun) {
        this.handle = handle;
        this.sync = sync;
        this.byRun = byRun;
    }

    /** Runs of the sync that have deliveries left: few, so that the index by run and record serves. */
    private List<String> unfinished() {
        return handle.createQuery("""
                        select r.id from run r
                        where r.sync = :sync and exists (select 1 from delivery d where d.run_id = r.id)
                        """).bind("sync", sync).mapTo(String.class).list();
    }

    private List<Row> waiting(String run, Collection<String> recordIds) {
        return handle.createQuery("""
                        select d.id, d.list_id, d.person, d.fingerprint, d.run_id, d.record_id, d.claimed_by is not null as claimed
                        from unnest(cast(:records as varchar array)) as wanted (id)
                        left join delivery d on d.record_id = wanted.id and d.run_id = :run
                        where d.action = 'subscribe'
                        """)
                .bindArray("records", String.class, List.copyOf(recordIds))
                .bind("run", run)
                .map((row, context) -> new Row(
                        row.getLong("id"),
                        PerhapsSent.read(row, context),
                        row.getString("run_id"),
                        row.getString("record_id"),
                        row.getBoolean("claimed")))
                .list();
    }

    void withdraw(Collection<String> recordIds) {
        List<Row> rows = unfinished().stream()
                .flatMap(run -> waiting(run, recordIds).stream())
                .toList();
        RecordFates fates = new RecordFates(handle);
        for (Row row : rows) {
            Outcome.Ignored outcome = new Outcome.Ignored(IgnoreReason.OTHER);
            fates.settle(row.runId(), row.recordId(), false, outcome, "withdrawn by run " + byRun);
        }
        fates.write();
        MemberRows.unsure(
                handle, rows.stream().filter(Row::claimed).map(Row::sent).toList());
        DeliveryRows.delete(handle, rows.stream().map(Row::id).toList());
        List<Long> letters = handle.createQuery("""
                        select d.id from unnest(cast(:records as varchar array)) as wanted (id)
                        left join dead_letter d on d.record_id = wanted.id and d.sync = :sync
                        where d.action = 'subscribe'
                        """)
                .bindArray("records", String.class, List.copyOf(recordIds))
                .bind("sync", sync)
                .mapTo(Long.class)
                .list();
        DeadLetterRows.delete(handle, letters);
    }
}
