package io.consentbridge.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Compares the counters of runs with the outcomes that they count. */
public final class CountedOutcomes {

    private CountedOutcomes() {}

    /** Requires that the counters of every run are the numbers of its outcomes, kind by kind. */
    public static void requireCounted(Database database) {
        database.snapshot(handle -> assertThat(counted(handle)).isEqualTo(rows(handle)));
    }

    /** Requires besides that the total of every run is all its outcomes. */
    public static void requireExact(Database database) {
        database.snapshot(handle -> {
            Map<OutcomeKind, Long> rows = rows(handle);
            assertThat(counted(handle)).isEqualTo(rows);
            Map<String, Long> totals = new HashMap<>();
            rows.forEach((kind, records) -> totals.merge(kind.runId(), records, Long::sum));
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
        return database.query(handle -> handle.createQuery("select count(*) from outcome_count where run_id = :run")
                .bind("run", runId)
                .mapTo(Long.class)
                .one());
    }

    private static Map<OutcomeKind, Long> rows(Handle handle) {
        Map<OutcomeKind, Long> kinds = new HashMap<>();
        handle.createQuery("select run_id, decision, outcome, reason, updated, detail, unknown_word from outcome")
                .map((row, context) -> kinds.merge(
                        OutcomeKind.of(
                                row.getString("run_id"),
                                row.getString("decision"),
                                StoredOutcome.read(row),
                                row.getString("detail"),
                                row.getString("unknown_word")),
                        1L,
                        Long::sum))
                .list();
        return kinds;
    }

    private static Map<OutcomeKind, Long> counted(Handle handle) {
        Map<OutcomeKind, Long> kinds = new HashMap<>();
        handle.createQuery(
                        "select run_id, decision, outcome, reason, updated, why, unknown_word, records from outcome_count")
                .map((row, context) -> kinds.merge(
                        new OutcomeKind(
                                row.getString("run_id"),
                                row.getString("decision"),
                                StoredOutcome.read(row),
                                row.getString("why"),
                                row.getString("unknown_word")),
                        row.getLong("records"),
                        Long::sum))
                .list();
        kinds.values().removeIf(records -> records == 0);
        return kinds;
    }
}
