package io.consentbridge.outbox;

import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.sync.Outcome;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Takes back subscriptions of records that ask for none any more, within a transaction. */
final class Withdrawing {

    private record Row(long id, String runId, String recordId) {}

    private final Handle handle;
    private final String sync;
    private final String byRun;

    Withdrawing(Handle handle, String sync, String byRun) {
        this.handle = handle;
        this.sync = sync;
        this.byRun = byRun;
    }

    void withdraw(Collection<String> recordIds) {
        List<Row> rows = handle.createQuery("""
                        select d.id, d.run_id, d.record_id from delivery d join run r on r.id = d.run_id
                        where d.record_id = any(:records) and d.action = 'subscribe' and r.sync = :sync
                        """)
                .bindArray("records", String.class, List.copyOf(recordIds))
                .bind("sync", sync)
                .map((row, context) -> new Row(row.getLong("id"), row.getString("run_id"), row.getString("record_id")))
                .list();
        RecordFates fates = new RecordFates(handle);
        for (Row row : rows) {
            Outcome.Ignored outcome = new Outcome.Ignored(IgnoreReason.OTHER);
            fates.settle(row.runId(), row.recordId(), false, outcome, "withdrawn by run " + byRun);
        }
        fates.write();
        DeliveryRows.delete(handle, rows.stream().map(Row::id).toList());
        handle.createUpdate(
                        "delete from dead_letter where sync = :sync and record_id = any(:records) and action = 'subscribe'")
                .bind("sync", sync)
                .bindArray("records", String.class, List.copyOf(recordIds))
                .execute();
    }
}
