package io.consentbridge.run;

import io.consentbridge.cursor.CursorRows;
import io.consentbridge.store.Columns;
import io.consentbridge.store.Database;
import io.consentbridge.sync.Counters;
import io.consentbridge.zoho.Calls;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/**
 * The runs: begun once for each due time, read under a lease, delivered, closed.
 *
 * <p>Threads and processes may share it.
 */
public final class Runs {

    private static final int MESSAGE = 2000;
    private static final RemovalsOnly WHOLE = new RemovalsOnly(RunState.COMPLETED, null, Optional.empty());

    private static final String FINISHED = """
            from run r where r.state = 'delivering' and not exists (select 1 from delivery d where d.run_id = r.id)
              and not exists (select 1 from run p where p.order_of = r.id and p.state in ('reading', 'delivering'))
            order by r.id""";

    private final Database database;
    private final InstantSource clock;

    public Runs(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Begins a run, unless one of that sync and due time exists or one of the sync is reading: two readers of one sync would
     * move each other's cursors.
     *
     * @return its id; empty when another process has it, or is reading the sync
     */
    public Optional<String> begin(RunRequest request, Duration lease) {
        return insert(request, lease, WHOLE, Optional.empty(), handle -> {});
    }

    /**
     * The same for a whole run that limits admitted.
     *
     * @param counted what it was admitted by; empty when no limit had a say
     * @param first is done in the transaction in which the run begins
     * @throws OthersBegan when other runs have begun since they were counted; it is to be admitted anew
     */
    public Optional<String> begin(
            RunRequest request, Duration lease, Optional<Counted> counted, Consumer<Handle> first) {
        return insert(request, lease, WHOLE, counted, first);
    }

    /** How many runs there were on the day that it is in that zone. */
    public record Counted(RunCounts counts, ZoneId zone) {}

    /** Other runs of the connection have begun since they were counted. */
    public static final class OthersBegan extends RuntimeException {

        private static final long serialVersionUID = 1;

        OthersBegan() {
            super("other runs have begun meanwhile");
        }
    }

    /**
     * Begins a run that a limit deferred or refused, for its leavers only. It counts for no limit. Where the whole run is
     * to follow by itself it takes the place of one that was put off before.
     *
     * @return its id; empty when that due time has a run already
     */
    public Optional<String> begin(RunRequest request, Duration lease, RemovalsOnly only) {
        return insert(request, lease, only, Optional.empty(), handle -> {});
    }

    private Optional<String> insert(
            RunRequest request, Duration lease, RemovalsOnly only, Optional<Counted> counted, Consumer<Handle> first) {
        return database.transaction(handle -> {
            Instant now = clock.instant();
            if (counted.isPresent()
                    && !countedNow(handle, request, counted.get().zone())
                            .equals(counted.get().counts())) {
                throw new OthersBegan();
            }
            CursorRows.exclusively(handle, request.sync());
            if (isReading(handle, request.sync()) || exists(handle, request)) {
                return Optional.<String>empty();
            }
            first.accept(handle);
            while (!exists(handle, request)) {
                String id = RunIds.next(now);
                int done = handle.createUpdate("""
                                insert into run (id, sync, connection, cause, full_read, due_at, state, node, lease_until,
                                    started_at, message, ends_as, due_again, order_of, plan, full_scan)
                                values (:id, :sync, :connection, :cause, :full, :due, 'reading', :node, :lease,
                                    :now, :message, :ends, :again, :order, :plan, :scan)
                                on conflict do nothing
                                """)
                        .bind("id", id)
                        .bind("sync", request.sync())
                        .bind("connection", request.connection())
                        .bind("cause", request.cause().name().toLowerCase(Locale.ROOT))
                        .bind("full", request.full())
                        .bind("scan", request.scan())
                        .bind("due", request.dueAt())
                        .bind("node", Columns.clip(request.node(), 200))
                        .bind("lease", now.plus(lease))
                        .bind("now", now)
                        .bind("message", Columns.clip(only.because(), MESSAGE))
                        .bind("ends", only.endsAs().word())
                        .bind("plan", request.plan().orElse(null))
                        .bindByType("again", only.dueAgain().orElse(null), Instant.class)
                        .bind("order", request.orderOf().orElse(null))
                        .execute();
                if (done == 1) {
                    if (only.equals(WHOLE) || only.dueAgain().isPresent()) {
                        callOff(handle, request.sync(), id);
                    }
                    return Optional.of(id);
                }
            }
            return Optional.<String>empty();
        });
    }

    /** Nobody else counts, and begins a run by what they counted, until the transaction ends. */
    private RunCounts countedNow(Handle handle, RunRequest request, ZoneId zone) {
        handle.createUpdate("insert into connection_state (connection) values (:connection) on conflict do nothing")
                .bind("connection", request.connection())
                .execute();
        handle.createQuery("select connection from connection_state where connection = :connection for update")
                .bind("connection", request.connection())
                .mapTo(String.class)
                .one();
        return counts(handle, request.connection(), request.sync(), zone);
    }

    private static boolean isReading(Handle handle, String sync) {
        return handle.createQuery("select 1 from run where sync = :sync and state = 'reading' fetch first row only")
                .bind("sync", sync)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    /** A run of the sync that was put off does not follow by itself any more, but for that one. */
    public static void callOff(Handle handle, String sync, String butFor) {
        handle.createUpdate(
                        "update run set due_again = null where sync = :sync and due_again is not null and id <> :but")
                .bind("sync", sync)
                .bind("but", butFor)
                .execute();
    }

    /** The deferred runs that are still to follow, by when they are due again. */
    public List<Run> deferred() {
        return database.query(
                handle -> handle.createQuery("select * from run where due_again is not null order by due_again, id")
                        .map(RunRows::row)
                        .list());
    }

    private static boolean exists(Handle handle, RunRequest request) {
        return handle.createQuery("select 1 from run where sync = :sync and due_at = :due")
                .bind("sync", request.sync())
                .bind("due", request.dueAt())
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    /**
     * Prolongs the lease.
     *
     * @return false when the run is not that node's any more: it must stop reading
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
     * Ends every lease: for the start of a process that has its database alone, so that the process that was reading is gone.
     *
     * @return how many runs can be taken over now
     */
    public int abandonAll() {
        return database.transaction(handle -> handle.createUpdate(
                        "update run set lease_until = :now where state = 'reading' and lease_until > :now")
                .bind("now", clock.instant())
                .execute());
    }

    /** Ends this node's lease of a run that it was reading, so that somebody goes on with it at once. */
    public void giveBack(String runId, String node) {
        database.change(handle -> handle.createUpdate("""
                        update run set lease_until = :now where id = :id and node = :node and state = 'reading'
                        """)
                .bind("now", clock.instant())
                .bind("id", runId)
                .bind("node", node)
                .execute());
    }

    /** Takes over one run whose reader's lease ended; reading goes on from the cursor. Empty when there is none. */
    public Optional<Run> takeOver(String node, Duration lease) {
        return database.transaction(handle -> {
            Instant now = clock.instant();
            Optional<String> id =
                    handle.createQuery("""
                            select id from run where state = 'reading' and lease_until <= :now
                            order by id fetch first row only for update skip locked
                            """).bind("now", now).mapTo(String.class).findOne();
            id.ifPresent(run -> handle.createUpdate("update run set node = :node, lease_until = :until where id = :id")
                    .bind("node", node)
                    .bind("until", now.plus(lease))
                    .bind("id", run)
                    .execute());
            return id.flatMap(run -> RunRows.find(handle, run));
        });
    }

    /** Everything was read; the run is delivering now. Does nothing for a run that is not reading. */
    public void read(String runId) {
        database.change(handle -> RunRows.endReading(handle, runId, clock.instant()));
    }

    /**
     * {@link #fail(String, String, boolean)} for its reader.
     *
     * @return false when the run is not that node's any more; nothing is changed then
     */
    public boolean fail(String runId, String node, String message, boolean outOfReach) {
        return failed(runId, node, message, outOfReach);
    }

    /**
     * Reading failed, which is said after what there was to say of the run before. What was decided so far is delivered; does
     * nothing for a run that ended.
     *
     * @param outOfReach whether that is because Zoho or the database could not be reached
     */
    public void fail(String runId, String message, boolean outOfReach) {
        failed(runId, null, message, outOfReach);
    }

    private boolean failed(String runId, String node, String message, boolean outOfReach) {
        return database.transaction(handle -> handle.createUpdate("""
                        update run set state = 'failed', out_of_reach = :away, finished_at = :now, lease_until = null,
                            message = case when message is null then :message
                                else left(message || '; ' || :message, 2000) end
                        where id = :id and state in ('reading', 'delivering')
                          and (cast(:node as varchar) is null or node = :node)
                        """)
                        .bind("node", node)
                        .bind("message", Columns.clip(message, MESSAGE))
                        .bind("away", outOfReach)
                        .bind("now", clock.instant())
                        .bind("id", runId)
                        .execute())
                > 0;
    }

    /** The runs that are delivering and have nothing left in the outbox, by id. */
    public List<String> finished() {
        return database.query(handle -> handle.createQuery("select r.id " + FINISHED)
                .mapTo(String.class)
                .list());
    }

    /**
     * Ends every run that is delivering and has nothing left in the outbox: completed (deferred or refused, where a limit
     * let only its leavers through) when its counters balance with nothing pending, otherwise failed with the figures in its message.
     *
     * @return the runs that ended
     */
    public List<Run> closeFinished() {
        return database.transaction(handle -> {
            List<Run> done = handle.createQuery("select r.* " + FINISHED + " for update skip locked")
                    .map(RunRows::row)
                    .list();
            return done.stream().map(run -> close(handle, run)).toList();
        });
    }

    private Run close(Handle handle, Run run) {
        List<Run> parts = partsOf(handle, run.id());
        if (!parts.isEmpty()) {
            return closeOrder(handle, run, parts);
        }
        Counters counters = CounterRows.of(handle, List.of(run.id())).get(run.id());
        boolean whole = counters.balances() && counters.pending() == 0;
        handle.createUpdate("update run set state = :state, finished_at = :now, message = :message where id = :id")
                .bind("state", (whole ? run.endsAs() : RunState.FAILED).word())
                .bind("now", clock.instant())
                .bind("message", whole ? run.message().orElse(null) : after(run.message(), imbalance(run, counters)))
                .bind("id", run.id())
                .execute();
        return RunRows.find(handle, run.id()).orElseThrow();
    }

    /** An order ends as its parts did: the gravest counts. */
    private Run closeOrder(Handle handle, Run order, List<Run> parts) {
        ParentRunResult end = ParentRunResult.of(order, parts);
        handle.createUpdate("""
                        update run set state = :state, finished_at = :now, message = :message, brake = :brake,
                            out_of_reach = :away
                        where id = :id
                        """)
                .bind("state", end.state().word())
                .bindByType("now", end.state().ended() ? clock.instant() : null, Instant.class)
                .bind("message", Columns.clip(end.message(), MESSAGE))
                .bind("brake", Columns.clip(end.brake(), MESSAGE))
                .bind("away", end.outOfReach())
                .bind("id", order.id())
                .execute();
        return RunRows.find(handle, order.id()).orElseThrow();
    }

    /** The runs that carry out the parts of an order, in the order in which they began; none of any other run. */
    public List<Run> partsOf(String orderId) {
        return database.query(handle -> partsOf(handle, orderId));
    }

    private static List<Run> partsOf(Handle handle, String orderId) {
        return handle.createQuery("select * from run where order_of = :id order by started_at, id")
                .bind("id", orderId)
                .map(RunRows::row)
                .list();
    }

    /** Notes something of a run for people, beside what it says already. */
    public void note(String runId, String note) {
        database.change(handle -> {
            Optional<String> before = RunRows.find(handle, runId).flatMap(Run::message);
            if (before.filter(said -> said.contains(note)).isEmpty()) {
                handle.createUpdate("update run set message = :message where id = :id")
                        .bind("message", after(before, note))
                        .bind("id", runId)
                        .execute();
            }
        });
    }

    private static String after(Optional<String> before, String more) {
        return Columns.clip(before.map(said -> said + "; " + more).orElse(more), MESSAGE);
    }

    private static String imbalance(Run run, Counters counters) {
        long ignored =
                counters.ignored().values().stream().mapToLong(Long::longValue).sum();
        return ("%s: the figures of run %s do not balance: total %s, new %s, re-added %s, duplicate %s, deleted %s, "
                        + "dead-lettered %s, ignored %s, and %s without an outcome; run the sync again in full")
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

    /** Adds calls that were made for a run. */
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

    /** How many runs began today and this month, counted in the connection's zone. */
    public RunCounts counts(String connection, String sync, ZoneId zone) {
        return database.query(handle -> counts(handle, connection, sync, zone));
    }

    private RunCounts counts(Handle handle, String connection, String sync, ZoneId zone) {
        LocalDate today = clock.instant().atZone(zone).toLocalDate();
        Instant day = today.atStartOfDay(zone).toInstant();
        Instant month = today.withDayOfMonth(1).atStartOfDay(zone).toInstant();
        return handle.createQuery("""
                        select count(*) as runs_month,
                               coalesce(sum(case when started_at >= :day then 1 else 0 end), 0) as runs_day,
                               coalesce(sum(case when full_read and not full_scan and sync = :sync then 1 else 0 end), 0) as fulls_month,
                               coalesce(sum(case when full_read and not full_scan and sync = :sync and started_at >= :day
                                   then 1 else 0 end), 0) as fulls_day
                        from run
                        where connection = :connection and started_at >= :month and ends_as = 'completed' and order_of is null
                        """)
                .bind("day", day)
                .bind("month", month)
                .bind("sync", sync)
                .bind("connection", connection)
                .map((row, context) -> new RunCounts(
                        row.getInt("runs_day"),
                        row.getInt("runs_month"),
                        row.getInt("fulls_day"),
                        row.getInt("fulls_month")))
                .one();
    }

    /** When the first run of a sync began that history knows; empty when it has none. */
    public Optional<Instant> first(String sync) {
        return database.query(handle -> handle.createQuery(
                        "select min(started_at) as first from run where sync = :sync and state not in ('refused', 'deferred')")
                .bind("sync", sync)
                .map((row, context) -> Columns.optionalInstant(row, "first"))
                .one());
    }

    /** The last run of a sync that completed; empty when none did. */
    public Optional<Run> lastCompleted(String sync) {
        return database.query(handle ->
                handle.createQuery("""
                        select * from run where sync = :sync and state = 'completed'
                        order by started_at desc, id desc fetch first row only
                        """).bind("sync", sync).map(RunRows::row).findOne());
    }

    /** One run; empty when there is none of that id. */
    public Optional<Run> show(String runId) {
        return database.query(handle -> RunRows.find(handle, runId));
    }

    /** The newest run of a sync; the runs of its parts do not count. */
    public Optional<Run> newest(String sync) {
        return database.query(handle ->
                handle.createQuery("""
                        select * from run where sync = :sync order by started_at desc, id desc fetch first row only
                        """).bind("sync", sync).map(RunRows::row).findOne());
    }

    /** The latest runs of a sync and of its parts, or of all when empty, the newest first. */
    public List<Run> list(Optional<String> sync, int max) {
        return list(sync, Optional.empty(), max);
    }

    /** @param after only those that began before this one; empty to begin with the newest */
    public List<Run> list(Optional<String> sync, Optional<Run> after, int max) {
        return database.query(handle -> handle.createQuery("""
                        select * from run
                        where (cast(:sync as varchar) is null or sync = :sync
                            or order_of in (select o.id from run o where o.sync = :sync))
                          and (cast(:id as varchar) is null or started_at < :started or started_at = :started and id < :id)
                        order by started_at desc, id desc fetch first :max rows only
                        """)
                .bind("sync", sync.orElse(null))
                .bind("id", after.map(Run::id).orElse(null))
                .bind("started", after.map(Run::startedAt).orElse(Instant.EPOCH))
                .bind("max", max)
                .map(RunRows::row)
                .list());
    }

    /** Whether a run of the sync is reading. */
    public boolean isReading(String sync) {
        return database.query(handle -> isReading(handle, sync));
    }

    /** The runs that are reading or delivering, the oldest first. */
    public List<Run> open() {
        return database.query(
                handle -> handle.createQuery("select * from run where state in ('reading', 'delivering') order by id")
                        .map(RunRows::row)
                        .list());
    }
}
