package io.consentbridge.run;

import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.sync.Counters;
import io.consentbridge.sync.Outcome;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Adds up the counters of runs. */
final class CounterRows {

    /** The counts of one run while they are summed up. */
    private static final class Sum {

        private final long total;
        private final Map<String, Long> words = new HashMap<>();
        private final Map<IgnoreReason, Long> ignored = new EnumMap<>(IgnoreReason.class);
        private final long left;
        private long updated;

        Sum(long total, long left) {
            this.total = total;
            this.left = left;
            for (IgnoreReason reason : IgnoreReason.values()) {
                ignored.put(reason, 0L);
            }
        }

        void add(String outcome, String reason, boolean changed, long count) {
            if (outcome.equals(Outcome.IGNORED)) {
                ignored.merge(IgnoreReason.of(reason), count, Long::sum);
            } else {
                words.merge(outcome, count, Long::sum);
                updated += changed ? count : 0;
            }
        }

        Counters counters() {
            return new Counters(
                    total,
                    words.getOrDefault(Outcome.NEW, 0L),
                    words.getOrDefault(Outcome.READDED, 0L),
                    words.getOrDefault(Outcome.DUPLICATE, 0L),
                    updated,
                    left,
                    words.getOrDefault(Outcome.DELETED, 0L),
                    words.getOrDefault(Outcome.DEAD_LETTERED, 0L),
                    words.getOrDefault(Outcome.PENDING, 0L),
                    Map.copyOf(ignored));
        }
    }

    private CounterRows() {}

    static Counters none() {
        return new Sum(0, 0).counters();
    }

    static Map<String, Counters> of(Handle handle, List<String> runIds) {
        Map<String, Sum> sums = new HashMap<>();
        handle.createQuery("""
                        select id, total, (select coalesce(sum(l.people), 0) from run_left l where l.run_id = run.id) as people_left
                        from run where id = any(:runs)
                        """)
                .bindArray("runs", String.class, runIds)
                .map((row, context) ->
                        sums.put(row.getString("id"), new Sum(row.getLong("total"), row.getLong("people_left"))))
                .list();
        handle.createQuery("""
                        select n.run_id, k.outcome, k.reason, k.updated, sum(c.records) as counted
                        from run_number n join outcome_count c on c.run = n.id join outcome_kind k on k.id = c.kind
                        where n.run_id = any(:runs) group by n.run_id, k.outcome, k.reason, k.updated
                        """)
                .bindArray("runs", String.class, List.copyOf(sums.keySet()))
                .map((row, context) -> {
                    long counted = row.getLong("counted");
                    sums.get(row.getString("run_id"))
                            .add(row.getString("outcome"), row.getString("reason"), row.getBoolean("updated"), counted);
                    return counted;
                })
                .list();
        Map<String, Counters> counters = new HashMap<>();
        sums.forEach((run, sum) -> counters.put(run, sum.counters()));
        return counters;
    }
}
