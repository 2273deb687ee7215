package io.consentbridge.run;

import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.consent.Person;
import io.consentbridge.store.Database;
import io.consentbridge.sync.Counters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** The outcomes of the records of a run (B69-B83). */
public final class Outcomes {

    private final Database database;

    public Outcomes(Database database) {
        this.database = database;
    }

    /** The counters of the run; all zero for a run that does not exist. */
    public Counters counters(String runId) {
        return counters(List.of(runId)).getOrDefault(runId, CounterRows.none());
    }

    /** The counters of several runs; a run that does not exist is absent. */
    public Map<String, Counters> counters(List<String> runIds) {
        return database.query(handle -> CounterRows.of(handle, runIds));
    }

    /** How often each decision was made in the run, with its reason, the most frequent first. */
    public List<DecisionCount> decisions(String runId) {
        return database.query(handle -> handle.createQuery("""
                        select k.decision, k.why, sum(c.records) as counted
                        from outcome_count c join outcome_kind k on k.id = c.kind
                        where c.run = (select id from run_number where run_id = :run)
                        group by k.decision, k.why having sum(c.records) > 0 order by counted desc, k.decision, k.why
                        """)
                .bind("run", runId)
                .map((row, context) ->
                        new DecisionCount(row.getString("decision"), row.getString("why"), row.getLong("counted")))
                .list());
    }

    /**
     * How often one decision was made for one reason.
     *
     * @param decision word of the decision
     * @param why the reason in words, without personal data; empty text when none was stored
     * @param records how many records
     */
    public record DecisionCount(String decision, String why, long records) {}

    /** The outcomes of a run's records, ordered by record id. No more are searched for than the run has counted. */
    public List<RecordOutcome> records(RecordsAsked asked) {
        return database.query(handle -> {
            int max = (int) Math.min(asked.max(), counted(handle, asked));
            return max < 1 ? List.<RecordOutcome>of() : records(handle, asked, max);
        });
    }

    private static long counted(Handle handle, RecordsAsked asked) {
        return bind(handle.createQuery("""
                        select coalesce(sum(c.records), 0) from outcome_count c join outcome_kind k on k.id = c.kind
                        where c.run = (select id from run_number where run_id = :run)
                          and (cast(:outcome as varchar) is null or k.outcome = :outcome)
                          and (cast(:reason as varchar) is null or k.reason = :reason)
                          and (:updated = false or k.updated)
                        """), asked).mapTo(Long.class).one();
    }

    private static List<RecordOutcome> records(Handle handle, RecordsAsked asked, int max) {
        return bind(handle.createQuery("""
                        select o.record_id, p.address, o.address as unusable, k.decision, k.outcome, k.reason, k.updated,
                            coalesce(o.detail, k.why) as detail, o.failure
                        from outcome o /* joined as written */ join outcome_kind k on k.id = o.kind left join person p on p.id = o.person_id
                        where o.run = (select id from run_number where run_id = :run) and o.record_id > :after
                          and (cast(:outcome as varchar) is null or k.outcome = :outcome)
                          and (cast(:reason as varchar) is null or k.reason = :reason)
                          and (:updated = false or k.updated)
                        order by o.run, o.record_id fetch first :max rows only
                        """), asked)
                .bind("after", asked.afterRecordId())
                .bind("max", max)
                .map(OutcomeRows::row)
                .list();
    }

    private static Query bind(Query query, RecordsAsked asked) {
        return query.bind("run", asked.runId())
                .bind("outcome", asked.outcome().orElse(null))
                .bind("reason", asked.reason().map(IgnoreReason::word).orElse(null))
                .bind("updated", asked.updatedOnly());
    }

    /**
     * The outcomes of the records that stand for a person, or stood for them before they were deleted or got another
     * address: run id to outcomes, newest run first, at most that many records; for explanations.
     */
    public Map<String, List<RecordOutcome>> of(Person person, int max) {
        Map<String, List<RecordOutcome>> runs = new LinkedHashMap<>();
        database.query(handle -> handle.createQuery("""
                        select r.id as run_id, o.record_id, p.address, o.address as unusable, k.decision, k.outcome, k.reason, k.updated,
                            coalesce(o.detail, k.why) as detail, o.failure
                        from (
                            select s.sync, s.record_id, s.person_id, true as stands
                            from person asked join source_record s on s.person_id = asked.id
                            where asked.address = :person
                            union
                            select d.sync, l.record_id, l.person_id, false
                            from person asked join consent_ledger l on l.person_id = asked.id
                            join ledger_decision d on d.id = l.decision
                            where asked.address = :person
                              and not exists (select 1 from source_record s where s.person_id = l.person_id
                                              and s.sync = d.sync and s.record_id = l.record_id)
                            union
                            select w.sync, e.record_id, u.person_id, false
                            from person asked join ledger_subject u on u.person_id = asked.id
                            join ledger_entry e on e.subject = u.id join ledger_kind w on w.id = e.kind
                            where asked.address = :person
                              and not exists (select 1 from source_record s where s.person_id = u.person_id
                                              and s.sync = w.sync and s.record_id = e.record_id)
                            union
                            select w.sync, v.record_id, v.person_id, false
                            from person asked join ledger_event v on v.person_id = asked.id
                            join ledger_kind w on w.id = v.kind
                            where asked.address = :person
                              and not exists (select 1 from source_record s where s.person_id = v.person_id
                                              and s.sync = w.sync and s.record_id = v.record_id)
                        ) as mine
                        join run r on r.sync = mine.sync
                        join run_number n on n.run_id = r.id
                        join outcome o on o.run = n.id and o.record_id = mine.record_id
                        join outcome_kind k on k.id = o.kind
                        left join person p on p.id = o.person_id
                        where mine.stands or o.person_id = mine.person_id
                        order by r.started_at desc, r.id desc, o.record_id fetch first :max rows only
                        """)
                .bind("person", person.address())
                .bind("max", max)
                .map((row, context) -> runs.computeIfAbsent(row.getString("run_id"), run -> new ArrayList<>())
                        .add(OutcomeRows.row(row, context)))
                .list());
        return runs;
    }
}
