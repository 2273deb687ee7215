package io.consentbridge.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Compares the counters of runs with the outcomes that they count. */
public final class CountedOutcomes {

    private record Counter(String runId, OutcomeKind kind, String unknownWord) {}

    private CountedOutcomes() {}

    /** Requires that the counters of every run are the numbers of its outcomes, kind by kind. */
    public static void requireCounted(Database database) {
        database.snapshot(handle -> assertThat(counted(handle)).isEqualTo(rows(handle)));
    }

    /** Requires besides that the total of every run is all its outcomes. */
    public static void requireExact(Database database) {
        database.snapshot(handle -> {
            Map<Counter, Long> rows = rows(handle);
            assertThat(counted(handle)).isEqualTo(rows);
            Map<String, Long> totals = new HashMap<>();
            rows.forEach((counter, records) -> totals.merge(counter.runId(), records, Long::sum));
            handle.createQuery("select id, total from run")
                    .map((row, context) -> assertThat(row.getLong("total"))
                            .as("total of run " + row.getString("id"))
                            .isEqualTo(totals.getOrDefault(row.getString("id"), 0L)))
                    .list();
            return null;
        });
    }

    /** In how many rows the counters of a run lie. */
    public static long rowsOf(Database database, String runId) {
        return database.query(handle -> handle.createQuery(
                        "select count(*) from outcome_count where run = (select id from run_number where run_id = :run)")
                .bind("run", runId)
                .mapTo(Long.class)
                .one());
    }

    /** The kind of each outcome is worked out from what it says, and not taken from where it is stored. */
    private static Map<Counter, Long> rows(Handle handle) {
        Map<Counter, Long> kinds = new HashMap<>();
        handle.createQuery("""
                        select n.run_id, k.decision, k.outcome, k.reason, k.updated, o.unknown_word,
                            coalesce(o.detail, k.why) as detail
                        from outcome o join outcome_kind k on k.id = o.kind join run_number n on n.id = o.run
                        """)
                .map((row, context) -> kinds.merge(
                        new Counter(
                                row.getString("run_id"),
                                OutcomeKind.of(
                                        row.getString("decision"), StoredOutcome.read(row), row.getString("detail")),
                                row.getString("unknown_word")),
                        1L,
                        Long::sum))
                .list();
        return kinds;
    }

    private static Map<Counter, Long> counted(Handle handle) {
        Map<Counter, Long> kinds = new HashMap<>();
        handle.createQuery("""
                        select n.run_id, k.decision, k.outcome, k.reason, k.updated, k.why, c.unknown_word, c.records
                        from outcome_count c join outcome_kind k on k.id = c.kind join run_number n on n.id = c.run
                        """)
                .map((row, context) -> kinds.merge(
                        new Counter(row.getString("run_id"), OutcomeKind.read(row), row.getString("unknown_word")),
                        row.getLong("records"),
                        Long::sum))
                .list();
        kinds.values().removeIf(records -> records == 0);
        return kinds;
    }

    /** Stores the outcome of a record whose delivery is pending, as a page does, and counts it; returns its row. */
    public static long pending(Handle handle, String runId, String recordId, long person) {
        OutcomeKind kind = new OutcomeKind("deliver", new StoredOutcome("pending", null, false), "");
        long run = RunNumbers.of(handle, runId);
        long number = OutcomeKind.numbers(handle, Set.of(kind)).get(kind);
        OutcomeCounts counts = new OutcomeCounts(handle);
        counts.add(run, number, null, 1);
        counts.write();
        return handle.createQuery("""
                        insert into outcome (run, record_id, person_id, kind) values (:run, :record, :person, :kind)
                        returning id
                        """)
                .bind("run", run)
                .bind("record", recordId)
                .bind("person", person)
                .bind("kind", number)
                .mapTo(Long.class)
                .one();
    }
}
