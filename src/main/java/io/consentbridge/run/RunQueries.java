package io.consentbridge.run;

import io.consentbridge.store.Database;
import io.consentbridge.sync.ForCampaign;
import io.consentbridge.sync.RunLimits;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Reads the stored runs; changes none.
 *
 * <p>Threads may share it.
 */
public final class RunQueries {

    /** Runs that are delivering and have nothing left in the outbox, neither of their own nor of a part run. */
    static final String FINISHED = """
            select r.* from run r
            where r.state = 'delivering' and not exists (select 1 from delivery d where d.run_id = r.id)
              and not exists (select 1 from run p where p.parent_run = r.id and p.state in ('reading', 'delivering'))
            order by r.id
            """;

    private static final Instant AFTER_ALL = Instant.parse("9999-01-01T00:00:00Z");

    private final Database database;
    private final InstantSource clock;

    /** @param clock gives the current day and month */
    public RunQueries(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** The run with that id; empty when there is none. */
    public Optional<Run> show(String runId) {
        return database.query(handle -> RunRows.find(handle, runId));
    }

    /** The newest run of a sync; its part runs do not count. */
    public Optional<Run> newest(String sync) {
        return database.query(handle ->
                handle.createQuery("""
                        select * from run where sync = :sync order by started_at desc, id desc fetch first row only
                        """).bind("sync", sync).map(RunRows::row).findOne());
    }

    /** The last run of a sync that completed; empty when there is none. */
    public Optional<Run> lastCompleted(String sync) {
        return database.query(handle ->
                handle.createQuery("""
                        select * from run where sync = :sync and state = 'completed'
                        order by started_at desc, id desc fetch first row only
                        """).bind("sync", sync).map(RunRows::row).findOne());
    }

    /** The latest runs of a sync and of its parts, or of all syncs when empty; newest first. */
    public List<Run> list(Optional<String> sync, int max) {
        return list(sync, Optional.empty(), max);
    }

    /** @param after only runs that began before this one are returned; empty to begin with the newest */
    public List<Run> list(Optional<String> sync, Optional<Run> after, int max) {
        return database.query(handle -> handle.createQuery("""
                        select * from run
                        where (started_at, id) < (:started, :id)
                          and (cast(:sync as varchar) is null or sync = :sync
                            or parent_run in (select o.id from run o where o.sync = :sync))
                        order by started_at desc, id desc fetch first :max rows only
                        """)
                .bind("sync", sync.orElse(null))
                .bind("id", after.map(Run::id).orElse(""))
                .bind("started", after.map(Run::startedAt).orElse(AFTER_ALL))
                .bind("max", max)
                .map(RunRows::row)
                .list());
    }

    /** The runs that are reading or delivering, oldest first. */
    public List<Run> open() {
        return database.query(
                handle -> handle.createQuery("select * from run where state in ('reading', 'delivering') order by id")
                        .map(RunRows::row)
                        .list());
    }

    /** Whether a run of the sync is reading. */
    public boolean isReading(String sync) {
        return database.query(handle -> isReading(handle, sync));
    }

    static boolean isReading(Handle handle, String sync) {
        return handle.createQuery("select 1 from run where sync = :sync and state = 'reading' fetch first row only")
                .bind("sync", sync)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    /** The deferred runs that are still to follow, by the time at which they are due again. */
    public List<Run> deferred() {
        return database.query(
                handle -> handle.createQuery("select * from run where due_again is not null order by due_again, id")
                        .map(RunRows::row)
                        .list());
    }

    /** The part runs of a parent run, in the order in which they began; none if it is no parent run. */
    public List<Run> partsOf(String parentId) {
        return database.query(handle -> partsOf(handle, parentId));
    }

    static List<Run> partsOf(Handle handle, String parentId) {
        return handle.createQuery("select * from run where parent_run = :id order by started_at, id")
                .bind("id", parentId)
                .map(RunRows::row)
                .list();
    }

    /** The runs that are delivering and have nothing left in the outbox, by id. */
    public List<String> finished() {
        return database.query(handle -> handle.createQuery(FINISHED)
                .map((row, context) -> row.getString("id"))
                .list());
    }

    /** How many runs began today and this month, counted in the connection's zone. */
    public RunCounts counts(String connection, String sync, ZoneId zone) {
        return database.query(handle -> counts(handle, connection, sync, zone, clock.instant()));
    }

    static RunCounts counts(Handle handle, String connection, String sync, ZoneId zone, Instant now) {
        return handle.createQuery("""
                        select count(*) as runs_month,
                               coalesce(sum(case when started_at >= :day then 1 else 0 end), 0) as runs_day,
                               coalesce(sum(case when full_read and not full_scan and sync = :sync then 1 else 0 end), 0) as fulls_month,
                               coalesce(sum(case when full_read and not full_scan and sync = :sync and started_at >= :day
                                   then 1 else 0 end), 0) as fulls_day
                        from run
                        where connection = :connection and started_at >= :month and ends_as = 'completed' and parent_run is null
                          and sync not like :campaigns
                        """)
                .bind("day", RunLimits.dayBegan(now, zone))
                .bind("month", RunLimits.monthBegan(now, zone))
                .bind("campaigns", ForCampaign.PREFIX + "%")
                .bind("sync", sync)
                .bind("connection", connection)
                .map((row, context) -> new RunCounts(
                        row.getInt("runs_day"),
                        row.getInt("runs_month"),
                        row.getInt("fulls_day"),
                        row.getInt("fulls_month")))
                .one();
    }
}
