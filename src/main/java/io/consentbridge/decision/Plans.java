package io.consentbridge.decision;

import io.consentbridge.consent.Purpose;
import io.consentbridge.store.Database;
import io.consentbridge.sync.Sync;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Saved previews that a run is to carry out. The run does exactly what the preview says, or stops where the data has
 * changed.
 *
 * <p>Threads and processes may share it.
 */
public final class Plans {

    /** The word that replaces the id of a plan when the run's decisions are to be recorded as a plan, under the run's id. */
    public static final String RECORD = "record";

    private static final Duration UNUSED = Duration.ofDays(1);
    private static final int HASH_BYTES = 16;

    private final Database database;
    private final InstantSource clock;

    /** A plan that no run has begun to carry out. */
    public record Kept(String id, String sync, boolean full) {}

    public Plans(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * A fingerprint that changes whenever sync, purpose or mapping say something else about people; schedule and state do
     * not change it.
     *
     * @param zone the zone in which times are written
     */
    public static String configuration(Sync sync, Purpose purpose, ZoneId zone) {
        String all = List.of(
                        sync.module(),
                        sync.connection(),
                        sync.consent(),
                        sync.subscription(),
                        sync.selection(),
                        sync.mapping(),
                        sync.evidence(),
                        sync.retrieve(),
                        sync.deleted(),
                        sync.optedOut(),
                        sync.unmatched(),
                        sync.consentLost(),
                        sync.convertedLeads(),
                        purpose,
                        zone)
                .toString();
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    /**
     * Checks, when everything was read, that a run with a plan has read all planned records and no other.
     *
     * @throws PlanBroken when it has not
     */
    public void checkEnd(String sync, String runId) {
        database.query(handle -> {
            PlanRows.of(handle, sync, runId).checkEnd();
            return null;
        });
    }

    /** Begins to store a plan and returns its id. Plans that have been carried out, or were never used, are deleted. */
    public String begin(String sync, boolean full) {
        String id = UUID.randomUUID().toString();
        database.change(handle -> {
            forgetOld(handle);
            handle.createUpdate("insert into plan (id, sync, full_read, made_at) values (:id, :sync, :full, :now)")
                    .bind("id", id)
                    .bind("sync", sync)
                    .bind("full", full)
                    .bind("now", clock.instant())
                    .execute();
        });
        return id;
    }

    private void forgetOld(Handle handle) {
        List<String> old = handle.createQuery("""
                        select p.id from plan p where not exists (
                            select 1 from run r where r.plan = p.id and r.state = 'reading')
                          and (p.made_at < :before or exists (select 1 from run r where r.plan = p.id))
                        """)
                .bind("before", clock.instant().minus(UNUSED))
                .mapTo(String.class)
                .list();
        for (String statement :
                List.of("delete from plan_line where plan = any(:old)", "delete from plan where id = any(:old)")) {
            handle.createUpdate(statement).bindArray("old", String.class, old).execute();
        }
    }

    /** Adds lines; a line that exists already stays. */
    public void add(String plan, List<PlanLine> lines) {
        database.change(handle -> PlanRows.insert(handle, plan, lines));
    }

    /** The plan with that id; empty when there is none that no run has begun to carry out. */
    public Optional<Kept> find(String plan) {
        return database.query(handle -> handle.createQuery("""
                        select id, sync, full_read from plan p
                        where id = :plan and not exists (select 1 from run r where r.plan = p.id)
                        """)
                .bind("plan", plan)
                .map((row, context) ->
                        new Kept(row.getString("id"), row.getString("sync"), row.getBoolean("full_read")))
                .findOne());
    }

    /** The recorded lines of a run, ordered by record, at most that many. */
    public List<PlanLine> lines(String runId, String afterRecordId, int max) {
        return database.query(handle -> handle.createQuery("""
                        select record_id, decision, action, fingerprint, reason from plan_line
                        where plan = :run and record_id > :after order by plan, record_id fetch first :max rows only
                        """)
                .bind("run", runId)
                .bind("after", afterRecordId)
                .bind("max", max)
                .map((row, context) -> new PlanLine(
                        row.getString("record_id"),
                        row.getString("decision"),
                        row.getString("action"),
                        row.getString("fingerprint"),
                        row.getString("reason")))
                .list());
    }

    /** The number of recorded lines of a run. */
    public long count(String runId) {
        return database.query(handle -> handle.createQuery("select count(*) from plan_line where plan = :run")
                .bind("run", runId)
                .mapTo(Long.class)
                .one());
    }
}
