package io.consentbridge.run;

import io.consentbridge.store.Columns;
import io.consentbridge.store.Database;
import io.consentbridge.store.OutcomeCounts;
import io.consentbridge.sync.Counters;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;

/**
 * Ends runs when all their deliveries are settled.
 *
 * <p>Threads and processes may share it.
 */
public final class RunClosing {

    private final Database database;
    private final InstantSource clock;

    public RunClosing(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Ends every run that is delivering and has nothing left in the outbox: completed (deferred or refused, where a limit
     * let only its leavers through) when its counters balance with nothing pending, otherwise failed with the figures in its message.
     *
     * @return the runs that ended
     */
    public List<Run> closeFinished() {
        return closeFinished(run -> true);
    }

    /**
     * Does the same for some of the runs.
     *
     * @param mayEnd by the id of a run
     */
    public List<Run> closeFinished(Predicate<String> mayEnd) {
        return database.transaction(handle -> {
            List<Run> done = handle.createQuery(RunQueries.FINISHED + " for update skip locked")
                    .map(RunRows::row)
                    .list();
            return done.stream()
                    .filter(run -> mayEnd.test(run.id()))
                    .map(run -> close(handle, run))
                    .toList();
        });
    }

    private Run close(Handle handle, Run run) {
        List<Run> parts = RunQueries.partsOf(handle, run.id());
        if (!parts.isEmpty()) {
            return closeParent(handle, run, parts);
        }
        OutcomeCounts.freeze(handle, run.id());
        Counters counters = CounterRows.of(handle, List.of(run.id())).get(run.id());
        boolean whole = counters.balances() && counters.pending() == 0;
        handle.createUpdate("update run set state = :state, finished_at = :now, message = :message where id = :id")
                .bind("state", (whole ? run.endsAs() : RunState.FAILED).word())
                .bind("now", clock.instant())
                .bind(
                        "message",
                        whole ? run.message().orElse(null) : RunRows.after(run.message(), imbalance(run, counters)))
                .bind("id", run.id())
                .execute();
        return RunRows.find(handle, run.id()).orElseThrow();
    }

    /** Ends a parent run with the most severe state of its part runs. */
    private Run closeParent(Handle handle, Run parent, List<Run> parts) {
        ParentRunResult end = ParentRunResult.of(parent, parts);
        handle.createUpdate("""
                        update run set state = :state, finished_at = :now, message = :message, brake = :brake,
                            out_of_reach = :away
                        where id = :id
                        """)
                .bind("state", end.state().word())
                .bindByType("now", end.state().ended() ? clock.instant() : null, Instant.class)
                .bind("message", Columns.clip(end.message(), RunRows.MESSAGE))
                .bind("brake", Columns.clip(end.brake(), RunRows.MESSAGE))
                .bind("away", end.outOfReach())
                .bind("id", parent.id())
                .execute();
        return RunRows.find(handle, parent.id()).orElseThrow();
    }

    private static String imbalance(Run run, Counters counters) {
        long ignored =
                counters.ignored().values().stream().mapToLong(Long::longValue).sum();
        return ("%s: the figures of run %s do not balance: total %s, new %s, re-added %s, duplicate %s, deleted %s, "
                        + "dead-lettered %s, ignored %s, and %s without an outcome. Run the sync again with --full")
                .formatted(
                        run.sync(),
                        run.id(),
                        counters.total(),
                        counters.added(),
                        counters.readded(),
                        counters.duplicate(),
                        counters.deleted(),
                        counters.deadLettered(),
                        ignored,
                        counters.pending());
    }
}
