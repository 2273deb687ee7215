package io.consentbridge.decision;

import io.consentbridge.consent.Person;
import io.consentbridge.cursor.SourceRecord;
import io.consentbridge.cursor.SourceRows;
import io.consentbridge.run.ActiveRun;
import io.consentbridge.store.Database;
import java.util.List;

/**
 * Finds people whom we subscribed and who are missing from a list without a known reason, while a record of a sync still
 * stands for them.
 */
public final class LostRows {

    // Of several records of a person, the newest one that counts stands for them (B80). People with a pending or parked
    // delivery are left out, and so are records that the run has read. A planned run is limited to its plan.
    private static final String LOST = """
            select m.person_id, p.address, s.record_id, s.modified_at, s.settled, s.decision, s.evidence, s.says
            from list_member m
            join person p on p.id = m.person_id
            join source_record s on s.person_id = m.person_id
            where m.list_id = :list and m.person_id > :after and m.lost
              and s.sync = :sync and s.decision in ('deliver', 'deliver-as-expressed')
              and not exists (
                select 1 from source_record n
                where n.person_id = s.person_id and n.sync = s.sync and n.decision not in ('unmatched', 'ignore')
                  and (n.modified_at > s.modified_at or n.modified_at = s.modified_at and n.record_id > s.record_id))
              and not exists (select 1 from delivery d where d.person_id = m.person_id and d.list_id = m.list_id)
              and not exists (select 1 from dead_letter l where l.person_id = m.person_id and l.list_id = m.list_id)
              and not exists (select 1 from outcome o where o.run = (select id from run_number where run_id = :run) and o.record_id = s.record_id)
              and exists (
                select 1 from run r where r.id = :run and (r.plan is null or r.plan = :record or exists (
                    select 1 from plan_line l where l.plan = r.plan and l.record_id = s.record_id)))
            order by m.list_id, m.person_id fetch first :max rows only
            """;

    private final Database database;

    public LostRows(Database database) {
        this.database = database;
    }

    /** A missing person, with the record that stands for them as it was last read. */
    public record LostMember(long number, Person person, SourceRecord source) {

        public String recordId() {
            return source.recordId();
        }
    }

    /** @param after the number of the last person that was returned; 0 to begin */
    public List<LostMember> of(ActiveRun run, long after, int max) {
        return database.query(handle -> handle.createQuery(LOST)
                .bind("list", run.list().id())
                .bind("sync", run.sync().name())
                .bind("run", run.id())
                .bind("record", Plans.RECORD)
                .bind("after", after)
                .bind("max", max)
                .map((row, context) -> new LostMember(
                        row.getLong("person_id"), new Person(row.getString("address")), SourceRows.row(row, context)))
                .list());
    }
}
