package io.consentbridge.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * Counts the outcomes of runs by their kind, within a transaction that changes outcomes. Each such transaction appends to the
 * table outcome_count what it adds and takes away, and the sums are the counters of a run: nobody has to count its outcomes,
 * and transactions do not wait for each other's counters (docs/decisions/0017-frozen-counters.md).
 */
public final class OutcomeCounts {

    private static final int BATCH = 1000;

    /**
     * What is counted together.
     *
     * @param run the number of the run
     * @param kind the number of the kind
     */
    private record Counter(long run, long kind, String unknownWord) {}

    private final Handle handle;
    private final Map<Counter, Long> changes = new LinkedHashMap<>();

    /** @param handle of the transaction that changes the outcomes */
    public OutcomeCounts(Handle handle) {
        this.handle = handle;
    }

    /**
     * Counts so many outcomes more.
     *
     * @param run the number of the run
     * @param kind the number of the kind
     * @param unknownWord for the lawful basis, which the records name and nobody knows; null for none
     * @param records below zero for outcomes that are no longer of the kind
     */
    public void add(long run, long kind, String unknownWord, long records) {
        changes.merge(new Counter(run, kind, unknownWord), records, Long::sum);
    }

    /** Stores what was counted since the last time. */
    public void write() {
        List<Map.Entry<Counter, Long>> rows =
                changes.entrySet().stream().filter(row -> row.getValue() != 0).toList();
        BulkInsert.into("outcome_count", rows)
                .numbers("run", row -> row.getKey().run())
                .numbers("kind", row -> row.getKey().kind())
                .texts("unknown_word", row -> row.getKey().unknownWord())
                .numbers("records", Map.Entry::getValue)
                .execute(handle);
        changes.clear();
    }

    /**
     * Draws the rows of a run together into one for each kind. Rows that others append meanwhile stay as they are. The run's row
     * is locked, so that two processes do not draw the same rows together.
     */
    public static void freeze(Handle handle, String runId) {
        handle.createQuery("select id from run where id = :run for update")
                .bind("run", runId)
                .mapTo(String.class)
                .findOne();
        long run = RunNumbers.of(handle, runId);
        OutcomeCounts sums = new OutcomeCounts(handle);
        long last = 0;
        List<Long> page;
        do {
            page = sums.take(run, last);
            if (!page.isEmpty()) {
                last = page.get(page.size() - 1);
                handle.createUpdate("delete from outcome_count where id = any(:ids)")
                        .bindArray("ids", Long.class, page)
                        .execute();
            }
        } while (page.size() == BATCH);
        sums.write();
    }

    private List<Long> take(long run, long after) {
        List<Long> page = new ArrayList<>();
        handle.createQuery("""
                        select id, kind, unknown_word, records from outcome_count where run = :run and id > :after
                        order by run, id fetch first :max rows only
                        """)
                .bind("run", run)
                .bind("after", after)
                .bind("max", BATCH)
                .map((row, context) -> {
                    add(run, row.getLong("kind"), row.getString("unknown_word"), row.getLong("records"));
                    return page.add(row.getLong("id"));
                })
                .list();
        return page;
    }
}
