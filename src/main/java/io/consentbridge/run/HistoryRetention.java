package io.consentbridge.run;

import io.consentbridge.store.Database;
import io.consentbridge.store.OutcomeCounts;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Deletes old runs from the history, and keeps the counters of the others small. The consent ledger and dead letters stay. */
public final class HistoryRetention {

    /** The shortest retention in days: the monthly limits count runs, so these must stay. */
    public static final int LEAST_DAYS = 31;

    private static final int RUNS = 20;
    /** So that nobody waits long for the transaction that deletes them. */
    private static final int RECORDS = 5_000;
    // A run has a few dozen kinds of outcomes; reading a thousand rows takes a few milliseconds.
    private static final int MANY = 1_000;

    private final Database database;
    private final InstantSource clock;

    public HistoryRetention(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Deletes runs that ended longer ago than that, with their records; the last completed run of each sync stays.
     *
     * @param keepDays 31 or more, because the monthly limits count runs
     * @return how many runs were deleted
     */
    public int prune(int keepDays) {
        if (keepDays < LEAST_DAYS) {
            throw new IllegalArgumentException("history is kept for at least 31 days, because monthly limits count it");
        }
        Instant before = clock.instant().minus(Duration.ofDays(keepDays));
        int all = 0;
        Pruned some;
        do {
            some = database.transaction(handle -> pruneSome(handle, before));
            all += some.runs();
        } while (some.more());
        return all;
    }

    /** Draws the counters of runs together that are still open, or went on after their end, if they lie in many rows. */
    public void freeze() {
        List<String> grown = database.query(handle ->
                handle.createQuery("""
                        select n.run_id from (
                            select run from outcome_count group by run having count(*) > :many) as grown
                        join run_number n on n.id = grown.run order by n.run_id
                        """).bind("many", MANY).mapTo(String.class).list());
        grown.forEach(run -> database.change(handle -> OutcomeCounts.freeze(handle, run)));
    }

    /**
     * What one transaction did.
     *
     * @param runs how many it deleted
     * @param more whether there may be more to do
     */
    private record Pruned(int runs, boolean more) {}

    private static Pruned pruneSome(Handle handle, Instant before) {
        List<String> old = handle.createQuery("""
                        select r.id from run r
                        where r.started_at < :before and r.finished_at < :before
                          and not exists (select 1 from delivery d where d.run_id = r.id)
                          and (r.state <> 'completed' or exists (
                            select 1 from run n
                            where n.sync = r.sync and n.state = 'completed' and n.started_at > r.started_at))
                        order by r.started_at, r.id fetch first :max rows only
                        """)
                .bind("max", RUNS)
                .bind("before", before)
                .mapTo(String.class)
                .list();
        int records = handle.createUpdate("""
                        delete from outcome where id in (
                          select o.id from run_number n join outcome o on o.run = n.id where n.run_id = any(:runs) fetch first :max rows only)
                        """)
                .bindArray("runs", String.class, old)
                .bind("max", RECORDS)
                .execute();
        if (records == RECORDS) {
            return new Pruned(0, true);
        }
        for (String statement : List.of(
                "delete from outcome_count where run in (select id from run_number where run_id = any(:runs))",
                "delete from run_left where run_id = any(:runs)",
                "delete from run where id = any(:runs)")) {
            handle.createUpdate(statement).bindArray("runs", String.class, old).execute();
        }
        return new Pruned(old.size(), !old.isEmpty());
    }
}
