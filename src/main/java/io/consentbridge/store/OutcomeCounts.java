package io.consentbridge.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Counts the outcomes of runs by their kind, within a transaction that changes outcomes. Each such transaction appends to the
 * table outcome_count what it adds and takes away, and the sums are the counters of a run: nobody has to count its outcomes,
 * and transactions do not wait for each other's counters (docs/decisions/0017-frozen-counters.md).
 */
public final class OutcomeCounts {

    private static final int BATCH = 1000;
    private static final String ROWS = """
            select id, run_id, decision, outcome, reason, updated, detail, unknown_word from outcome
            where id = any(:ids) order by id
            """;

    /**
     * An outcome as it is stored.
     *
     * @param id its row
     * @param detail the reason as it is stored; null for none
     * @param unknownWord as in {@link OutcomeKind}
     */
    public record Stored(
            long id, String runId, String decision, StoredOutcome outcome, String detail, String unknownWord) {

        /** The same record with another outcome. */
        public Stored with(StoredOutcome other, String why) {
            return new Stored(id, runId, decision, other, why, unknownWord);
        }

        private OutcomeKind kind() {
            return OutcomeKind.of(runId, decision, outcome, detail, unknownWord);
        }

        private static Stored of(ResultSet row, StatementContext context) throws SQLException {
            return new Stored(
                    row.getLong("id"),
                    row.getString("run_id"),
                    row.getString("decision"),
                    StoredOutcome.read(row),
                    row.getString("detail"),
                    row.getString("unknown_word"));
        }
    }

    private final Handle handle;
    private final Map<OutcomeKind, Long> changes = new LinkedHashMap<>();

    /** @param handle of the transaction that changes the outcomes */
    public OutcomeCounts(Handle handle) {
        this.handle = handle;
    }

    /** The outcomes of these rows by row, locked in the order of the rows; one that does not exist is absent. */
    public Map<Long, Stored> lock(List<Long> ids) {
        return read(ROWS + " for update", ids);
    }

    private Map<Long, Stored> read(String statement, List<Long> ids) {
        Map<Long, Stored> rows = new LinkedHashMap<>();
        if (!ids.isEmpty()) {
            handle.createQuery(statement)
                    .bindArray("ids", Long.class, ids)
                    .map(Stored::of)
                    .forEach(row -> rows.put(row.id(), row));
        }
        return rows;
    }

    /** Counts an outcome that is stored for the first time. */
    public void added(OutcomeKind kind) {
        change(kind, 1);
    }

    /** Counts so many outcomes of one kind that become outcomes of another one. */
    public void changed(OutcomeKind before, OutcomeKind after, long records) {
        change(before, -records);
        change(after, records);
    }

    /** Counts an outcome that becomes another one. */
    public void changed(Stored before, Stored after) {
        changed(before.kind(), after.kind(), 1);
    }

    /** Runs statements that change these outcomes and no others, and counts what they change. */
    public void around(List<Long> ids, Runnable statements) {
        Map<Long, Stored> before = lock(ids);
        statements.run();
        Map<Long, Stored> after = read(ROWS, ids);
        before.forEach((id, row) -> changed(row, after.get(id)));
        write();
    }

    private void change(OutcomeKind kind, long records) {
        changes.merge(kind, records, Long::sum);
    }

    /** Stores what was counted since the last time. */
    public void write() {
        List<Map.Entry<OutcomeKind, Long>> rows =
                changes.entrySet().stream().filter(row -> row.getValue() != 0).toList();
        BulkInsert.into("outcome_count", rows)
                .texts("run_id", row -> row.getKey().runId())
                .texts("decision", row -> row.getKey().decision())
                .texts("outcome", row -> row.getKey().outcome().word())
                .texts("reason", row -> row.getKey().outcome().reason())
                .flags("updated", row -> row.getKey().outcome().updated())
                .texts("why", row -> row.getKey().why())
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
        OutcomeCounts sums = new OutcomeCounts(handle);
        long last = 0;
        List<Long> page;
        do {
            page = sums.take(runId, last);
            if (!page.isEmpty()) {
                last = page.get(page.size() - 1);
                handle.createUpdate("delete from outcome_count where id = any(:ids)")
                        .bindArray("ids", Long.class, page)
                        .execute();
            }
        } while (page.size() == BATCH);
        sums.write();
    }

    private List<Long> take(String runId, long after) {
        List<Long> page = new ArrayList<>();
        handle.createQuery("""
                        select * from outcome_count where run_id = :run and id > :after
                        order by run_id, id fetch first :max rows only
                        """)
                .bind("run", runId)
                .bind("after", after)
                .bind("max", BATCH)
                .map((row, context) -> {
                    OutcomeKind kind = new OutcomeKind(
                            runId,
                            row.getString("decision"),
                            StoredOutcome.read(row),
                            row.getString("why"),
                            row.getString("unknown_word"));
                    change(kind, row.getLong("records"));
                    return page.add(row.getLong("id"));
                })
                .list();
        return page;
    }
}
