package io.consentbridge.decision;

import io.consentbridge.consent.Person;
import io.consentbridge.cursor.Keepers;
import io.consentbridge.cursor.SourceRecord;
import io.consentbridge.cursor.SourceRows;
import io.consentbridge.store.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * A record by which somebody is, or may be, on the list and which allows them no mail any more.
 *
 * @param endsOn the first day without consent
 * @param source the record when it was last read
 * @param personId number of its person
 * @param subscribed whether we subscribed the person and they are still on the list, or may be
 * @param leaving whether the person is already leaving the list
 * @param coming whether a subscription of the person waits, or the person may still confirm a request for consent
 * @param counted whether the run has already counted the record
 */
public record EndedConsent(
        LocalDate endsOn,
        SourceRecord source,
        long personId,
        boolean subscribed,
        boolean leaving,
        boolean coming,
        boolean counted) {

    /** The position at which an iteration begins. */
    static final Position START = new Position(LocalDate.EPOCH, "");

    /** The position that an iteration has reached. */
    record Position(LocalDate day, String recordId) {}

    Position position() {
        return new Position(endsOn, source.recordId());
    }

    Person person() {
        return source.person().orElseThrow();
    }

    Keepers.Reason reason(String sync) {
        return new Keepers.Reason(sync, source.recordId());
    }

    /** The records of a sync whose consent has ended by that day, in the order of their days, after a position. */
    static List<EndedConsent> find(
            Handle handle, String sync, long listId, String runId, LocalDate today, Position after, int max) {
        return handle.createQuery("""
                        select e.ends_on, s.record_id, s.person_id, p.address, s.modified_at, s.settled, s.decision, s.evidence,
                            s.says, coalesce((m.active or m.unsure) and m.subscribed_at is not null and m.asked_at is null, false) as subscribed,
                            coalesce(d.action <> 'subscribe', false) as leaving,
                            coalesce(d.action = 'subscribe', false) or m.asked_at is not null as coming,
                            o.id is not null as counted
                        from consent_end e
                        join source_record s on s.sync = e.sync and s.record_id = e.record_id
                        join person p on p.id = s.person_id
                        left join list_member m on m.list_id = :list and m.person_id = s.person_id
                        left join delivery d on d.list_id = :list and d.person_id = s.person_id
                        left join outcome o on o.run = (select id from run_number where run_id = :run) and o.record_id = s.record_id
                        where e.sync = :sync and e.ends_on <= :today
                          and (e.ends_on > :day or e.ends_on = :day and e.record_id > :record)
                        order by e.sync, e.ends_on, e.record_id fetch first :max rows only
                        """)
                .bind("sync", sync)
                .bind("list", listId)
                .bind("run", runId)
                .bind("today", today)
                .bind("day", after.day())
                .bind("record", after.recordId())
                .bind("max", max)
                .map(EndedConsent::row)
                .list();
    }

    private static EndedConsent row(ResultSet row, StatementContext context) throws SQLException {
        return new EndedConsent(
                Columns.date(row, "ends_on"),
                SourceRows.row(row, context),
                row.getLong("person_id"),
                row.getBoolean("subscribed"),
                row.getBoolean("leaving"),
                row.getBoolean("coming"),
                row.getBoolean("counted"));
    }

    /** Whether the stored decision still says that the record allows mail: the record did not change, only the day came. */
    boolean stillDelivers() {
        return source.delivers();
    }
}
