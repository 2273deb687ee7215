package io.consentbridge.decision;

import io.consentbridge.store.BulkInsert;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/** Stores or checks the plan of one run, within a transaction. */
final class PlanRows {

    /** The text by which the detail of an outcome names the record that replaced it. */
    private static final Pattern NEWER = Pattern.compile("record (\\w+)");

    private final Handle handle;
    private final String sync;
    private final String runId;
    private final String plan;

    private PlanRows(Handle handle, String sync, String runId, String plan) {
        this.handle = handle;
        this.sync = sync;
        this.runId = runId;
        this.plan = plan;
    }

    static PlanRows of(Handle handle, String sync, String runId) {
        String plan = handle.createQuery("select coalesce(plan, '') from run where id = :run")
                .bind("run", runId)
                .mapTo(String.class)
                .findOne()
                .orElse("");
        return new PlanRows(handle, sync, runId, plan);
    }

    /**
     * Stores what a page decides as a plan, or compares it with the plan. Only pages with records can break a plan; people
     * who leave always may.
     */
    void take(PageWrites page) {
        if (plan.equals(Plans.RECORD)) {
            record(page);
        } else if (!plan.isEmpty() && !page.records().isEmpty()) {
            compare(page);
        }
    }

    private void record(PageWrites page) {
        Map<String, PlanLine> lines = PlanLine.of(page);
        handle.createUpdate("delete from plan_line where plan = :plan and record_id = any(:records)")
                .bind("plan", runId)
                .bindArray("records", String.class, List.copyOf(lines.keySet()))
                .execute();
        insert(handle, runId, List.copyOf(lines.values()));
    }

    static void insert(Handle handle, String plan, List<PlanLine> lines) {
        BulkInsert.into("plan_line", lines)
                .text("plan", plan)
                .texts("record_id", PlanLine::record)
                .texts("decision", PlanLine::decision)
                .texts("action", PlanLine::action)
                .texts("fingerprint", PlanLine::fingerprint)
                .texts("reason", PlanLine::reason)
                .executeUnlessThere(handle);
    }

    // A record that the run has counted was compared before its page had to be read again; it may be delivered by now.
    // A record that was replaced by a newer one is compared again, and so is a record that the sweep, which runs before
    // its page, found to refuse.
    private void compare(PageWrites page) {
        Map<String, PlanLine> lines = PlanLine.of(page);
        List<String> otherwise = new ArrayList<>();
        handle.createQuery("""
                        select wanted.id, l.record_id, l.decision, l.action, l.fingerprint, l.reason
                        from unnest(:records) as wanted (id)
                        left join plan_line l on l.record_id = wanted.id and l.plan = :plan
                        left join outcome o on o.record_id = wanted.id and o.run = (select id from run_number where run_id = :run)
                        left join outcome_kind k on k.id = o.kind
                        where o.id is null or k.reason = 'file-duplicate'
                          or k.decision = 'suppress' and l.decision <> 'suppress'
                        """)
                .bindArray("records", String.class, List.copyOf(lines.keySet()))
                .bind("plan", plan)
                .bind("run", runId)
                .map((row, context) -> {
                    String id = row.getString("id");
                    PlanLine planned = new PlanLine(
                            row.getString("record_id"),
                            row.getString("decision"),
                            row.getString("action"),
                            row.getString("fingerprint"),
                            row.getString("reason"));
                    return planned.allows(lines.get(id)) ? "" : id;
                })
                .forEach(id -> {
                    if (!id.isEmpty()) {
                        otherwise.add(id);
                    }
                });
        if (!otherwise.isEmpty()) {
            throw PlanBroken.otherwise(sync, otherwise);
        }
    }

    /**
     * Checks that every planned record was read, and no other. A record that was replaced by another record of the plan
     * counts as read: that other record was compared with the plan itself.
     */
    void checkEnd() {
        if (plan.isEmpty() || plan.equals(Plans.RECORD)) {
            return;
        }
        List<String> missing = ids("""
                select l.record_id from plan_line l where l.plan = :plan
                  and not exists (select 1 from outcome o where o.run = (select id from run_number where run_id = :run) and o.record_id = l.record_id)
                """);
        missing.addAll(gaveWayToOthers());
        List<String> more = ids("""
                select o.record_id from outcome o where o.run = (select id from run_number where run_id = :run)
                  and not exists (select 1 from plan_line l where l.plan = :plan and l.record_id = o.record_id)
                """);
        if (!missing.isEmpty() || !more.isEmpty()) {
            throw PlanBroken.atTheEnd(sync, missing, more);
        }
    }

    /** Planned records that were replaced by a record that is not in the plan. */
    private List<String> gaveWayToOthers() {
        Map<String, String> gaveWay = new HashMap<>();
        handle.createQuery("""
                        select l.record_id, o.detail from plan_line l
                        join outcome o on o.run = (select id from run_number where run_id = :run) and o.record_id = l.record_id
                        join outcome_kind k on k.id = o.kind
                        where l.plan = :plan and k.reason = 'file-duplicate' and coalesce(l.reason, '') <> 'file-duplicate'
                        """)
                .bind("plan", plan)
                .bind("run", runId)
                .map((row, context) -> gaveWay.put(row.getString("record_id"), newer(row.getString("detail"))))
                .list();
        Set<String> planned = new HashSet<>(handle.createQuery("""
                        select l.record_id from unnest(:records) as wanted (id)
                        join plan_line l on l.record_id = wanted.id and l.plan = :plan
                        """)
                .bindArray("records", String.class, List.copyOf(gaveWay.values()))
                .bind("plan", plan)
                .mapTo(String.class)
                .list());
        gaveWay.values().removeIf(planned::contains);
        return List.copyOf(gaveWay.keySet());
    }

    private static String newer(String detail) {
        Matcher named = NEWER.matcher(detail == null ? "" : detail);
        return named.find() ? named.group(1) : "";
    }

    private List<String> ids(String query) {
        return handle.createQuery(query)
                .bind("plan", plan)
                .bind("run", runId)
                .mapTo(String.class)
                .list();
    }
}
