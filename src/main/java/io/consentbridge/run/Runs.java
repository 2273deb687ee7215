package io.consentbridge.run;

import io.consentbridge.cursor.CursorRows;
import io.consentbridge.store.Columns;
import io.consentbridge.store.ConnectionLock;
import io.consentbridge.store.Database;
import io.consentbridge.store.OutcomeCounts;
import io.consentbridge.zoho.Calls;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/**
 * Changes runs while they are read: begins one for each due time, extends its lease, fails it, or records that it was read
 * to the end. {@link RunQueries} shows runs, {@link RunClosing} ends them.
 *
 * <p>Threads and processes may share it.
 */
public final class Runs {

    private static final RemovalsOnly WHOLE = new RemovalsOnly(RunState.COMPLETED, null, Optional.empty());

    private final Database database;
    private final InstantSource clock;

    public Runs(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Begins a run, unless a run of that sync and due time exists or a run of the sync is reading: two readers of one sync
     * would move each other's cursors.
     *
     * @return its id; empty when another process has begun it, or is reading the sync
     */
    public Optional<String> begin(NewRun newRun, Duration lease) {
        return insert(newRun, lease, WHOLE, Optional.empty(), handle -> {});
    }

    /**
     * Begins a whole run that the limits admitted.
     *
     * @param counted the counts by which it was admitted; empty when no limit applied
     * @param first runs in the transaction in which the run begins
     * @throws OthersBegan when other runs have begun since the count; the run has to be admitted anew
     */
    public Optional<String> begin(NewRun newRun, Duration lease, Optional<Counted> counted, Consumer<Handle> first) {
        return insert(newRun, lease, WHOLE, counted, first);
    }

    /** The numbers of runs on the current day of that zone. */
    public record Counted(RunCounts counts, ZoneId zone) {}

    /** Other runs of the connection have begun since the count. */
    public static final class OthersBegan extends RuntimeException {

        private static final long serialVersionUID = 1;

        OthersBegan() {
            super("other runs have started meanwhile");
        }
    }

    /**
     * Begins a run that a limit deferred or refused, for its leavers only. It counts for no limit. If the whole run follows
     * by itself, it replaces a run that was deferred before.
     *
     * @return its id; empty when there is already a run for that due time
     */
    public Optional<String> begin(NewRun newRun, Duration lease, RemovalsOnly only) {
        return insert(newRun, lease, only, Optional.empty(), handle -> {});
    }

    private Optional<String> insert(
            NewRun newRun, Duration lease, RemovalsOnly only, Optional<Counted> counted, Consumer<Handle> first) {
        return database.transaction(handle -> {
            Instant now = clock.instant();
            if (counted.isPresent()
                    && !countedNow(handle, newRun, counted.get().zone())
                            .equals(counted.get().counts())) {
                throw new OthersBegan();
            }
            CursorRows.exclusively(handle, newRun.sync());
            if (RunQueries.isReading(handle, newRun.sync()) || exists(handle, newRun)) {
                return Optional.<String>empty();
            }
            first.accept(handle);
            while (!exists(handle, newRun)) {
                String id = RunIds.next(now);
                int done = handle.createUpdate("""
                                insert into run (id, sync, connection, cause, full_read, due_at, state, node, lease_until,
                                    started_at, message, ends_as, due_again, parent_run, plan, full_scan)
                                values (:id, :sync, :connection, :cause, :full, :due, 'reading', :node, :lease,
                                    :now, :message, :ends, :again, :parent, :plan, :scan)
                                on conflict do nothing
                                """)
                        .bind("id", id)
                        .bind("sync", newRun.sync())
                        .bind("connection", newRun.connection())
                        .bind("cause", newRun.cause().name().toLowerCase(Locale.ROOT))
                        .bind("full", newRun.full())
                        .bind("scan", newRun.scan())
                        .bind("due", newRun.dueAt())
                        .bind("node", Columns.clip(newRun.node(), 200))
                        .bind("lease", now.plus(lease))
                        .bind("now", now)
                        .bind("message", Columns.clip(only.because(), RunRows.MESSAGE))
                        .bind("ends", only.endsAs().word())
                        .bind("plan", newRun.plan().orElse(null))
                        .bindByType("again", only.dueAgain().orElse(null), Instant.class)
                        .bind("parent", newRun.parentRun().orElse(null))
                        .execute();
                if (done == 1) {
                    if (only.equals(WHOLE) || only.dueAgain().isPresent()) {
                        RunRows.callOff(handle, newRun.sync(), id);
                    }
                    return Optional.of(id);
                }
            }
            return Optional.<String>empty();
        });
    }

    /** Locks the connection row, so that counting runs and beginning one are atomic. */
    private RunCounts countedNow(Handle handle, NewRun newRun, ZoneId zone) {
        ConnectionLock.lock(handle, newRun.connection());
        return RunQueries.counts(handle, newRun.connection(), newRun.sync(), zone, clock.instant());
    }

    private static boolean exists(Handle handle, NewRun newRun) {
        return handle.createQuery("select 1 from run where sync = :sync and due_at = :due")
                .bind("sync", newRun.sync())
                .bind("due", newRun.dueAt())
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    /**
     * Extends the lease.
     *
     * @return false when the node does not hold the run's lease any more: it must stop reading
     */
    public boolean extend(String runId, String node, Duration lease) {
        return database.transaction(handle -> handle.createUpdate("""
                                update run set lease_until = :until
                                where id = :id and node = :node and state = 'reading'
                                """)
                        .bind("until", clock.instant().plus(lease))
                        .bind("id", runId)
                        .bind("node", node)
                        .execute())
                == 1;
    }

    /**
     * Ends every lease, when a process starts that has its database alone, so that the process that was reading is gone.
     *
     * @return how many runs can be taken over now
     */
    public int abandonAll() {
        return database.transaction(handle -> handle.createUpdate(
                        "update run set lease_until = :now where state = 'reading' and lease_until > :now")
                .bind("now", clock.instant())
                .execute());
    }

    /** Ends this node's lease of a run that it was reading, so that a process can go on with it at once. */
    public void giveBack(String runId, String node) {
        database.change(handle -> handle.createUpdate("""
                        update run set lease_until = :now where id = :id and node = :node and state = 'reading'
                        """)
                .bind("now", clock.instant())
                .bind("id", runId)
                .bind("node", node)
                .execute());
    }

    /**
     * Takes over one run whose reader's lease has ended; reading goes on from the cursor. Empty when there is none.
     *
     * @param read ids of runs that this process itself reads, and goes on with although it extended their leases late
     */
    public Optional<Run> takeOver(String node, Duration lease, Set<String> read) {
        return database.transaction(handle -> {
            Instant now = clock.instant();
            Optional<String> id = handle.createQuery("""
                            select id from run where state = 'reading' and lease_until <= :now and id not in (<read>)
                            order by id fetch first row only for update skip locked
                            """)
                    .bind("now", now)
                    // No run has an empty id.
                    .bindList("read", read.isEmpty() ? Set.of("") : read)
                    .mapTo(String.class)
                    .findOne();
            id.ifPresent(run -> handle.createUpdate("update run set node = :node, lease_until = :until where id = :id")
                    .bind("node", node)
                    .bind("until", now.plus(lease))
                    .bind("id", run)
                    .execute());
            return id.flatMap(run -> RunRows.find(handle, run));
        });
    }

    /** Makes the run delivering, because everything was read. Does nothing for a run that is not reading. */
    public void read(String runId) {
        database.change(handle -> RunRows.endReading(handle, runId, clock.instant()));
    }

    /**
     * Fails a run for its reader, as {@link #fail(String, String, boolean)} does.
     *
     * @return false when the node does not hold the run's lease any more; then nothing is changed
     */
    public boolean fail(String runId, String node, String message, boolean outOfReach) {
        return failed(runId, node, message, outOfReach);
    }

    /**
     * Fails the reading of a run; the message is appended to those that the run has already. Decisions made so far are
     * delivered. Does nothing for a run that ended.
     *
     * @param outOfReach whether the cause is that Zoho or the database could not be reached
     */
    public void fail(String runId, String message, boolean outOfReach) {
        failed(runId, null, message, outOfReach);
    }

    private boolean failed(String runId, String node, String message, boolean outOfReach) {
        return database.transaction(handle -> {
            boolean failed = handle.createUpdate("""
                        update run set state = 'failed', out_of_reach = :away, finished_at = :now, lease_until = null,
                            message = case when message is null then :message
                                else substr(message || '; ' || :message, 1, 2000) end
                        where id = :id and state in ('reading', 'delivering')
                          and (cast(:node as varchar) is null or node = :node)
                        """)
                            .bind("node", node)
                            .bind("message", Columns.clip(message, RunRows.MESSAGE))
                            .bind("away", outOfReach)
                            .bind("now", clock.instant())
                            .bind("id", runId)
                            .execute()
                    > 0;
            if (failed) {
                OutcomeCounts.freeze(handle, runId);
            }
            return failed;
        });
    }

    /** Appends a note for people to the message of a run. */
    public void note(String runId, String note) {
        database.change(handle -> {
            Optional<String> before = RunRows.find(handle, runId).flatMap(Run::message);
            if (before.filter(said -> said.contains(note)).isEmpty()) {
                handle.createUpdate("update run set message = :message where id = :id")
                        .bind("message", RunRows.after(before, note))
                        .bind("id", runId)
                        .execute();
            }
        });
    }

    /** Adds to the calls that were made for a run. */
    public void called(String runId, Calls calls) {
        database.change(handle -> handle.createUpdate("""
                        update run set calls_accounts = calls_accounts + :accounts, calls_crm = calls_crm + :crm,
                            calls_campaigns = calls_campaigns + :campaigns
                        where id = :id
                        """)
                .bind("accounts", calls.accounts())
                .bind("crm", calls.crm())
                .bind("campaigns", calls.campaigns())
                .bind("id", runId)
                .execute());
    }
}
