package io.consentbridge.run;

import io.consentbridge.consent.Person;
import io.consentbridge.store.Columns;
import io.consentbridge.store.Database;
import java.time.Instant;
import java.util.List;

/** The records that stand for one person, or stood for them before; for explanations. */
public final class PersonRecords {

    private final Database database;

    public PersonRecords(Database database) {
        this.database = database;
    }

    /** The decision on a record that had the person's address when a sync last read it. */
    public record CurrentDecision(String sync, String recordId, String decision, Instant modified) {}

    /**
     * A record that had another address before.
     *
     * @param earlier the address before
     * @param later the address after
     */
    public record Move(String sync, String recordId, Person earlier, Person later) {}

    /** The current decisions on the person's records, ordered by sync and record id. */
    public List<CurrentDecision> decisions(Person person) {
        return database.query(handle -> handle.createQuery("""
                        select s.sync, s.record_id, s.decision, s.modified_at
                        from person p join source_record s on s.person_id = p.id
                        where p.address = :person order by s.sync, s.record_id
                        """)
                .bind("person", person.address())
                .map((row, context) -> new CurrentDecision(
                        row.getString("sync"),
                        row.getString("record_id"),
                        row.getString("decision"),
                        Columns.instant(row, "modified_at")))
                .list());
    }

    /**
     * The current addresses of the record, in their order; if no sync knows an address of it any more, those that the
     * ledger names.
     */
    public List<String> people(String recordId) {
        List<String> now = addresses("""
                select /* joined as written */ distinct p.address from sync_cursor c
                join source_record r on r.sync = c.sync and r.record_id = :record
                join person p on p.id = r.person_id
                """, recordId);
        return now.isEmpty() ? addresses("""
                        select p.address from consent_ledger l join person p on p.id = l.person_id
                        where l.record_id = :record
                        union
                        select p.address from ledger_entry e join ledger_subject u on u.id = e.subject
                        join person p on p.id = u.person_id where e.record_id = :record
                        union
                        select p.address from ledger_event v join person p on p.id = v.person_id
                        where v.record_id = :record
                        """, recordId) : now;
    }

    private List<String> addresses(String statement, String recordId) {
        return database.query(
                handle -> handle.createQuery(statement).bind("record", recordId).mapTo(String.class).list().stream()
                        .sorted()
                        .toList());
    }

    /** Moves from the person's address or to it. */
    public List<Move> moves(Person person) {
        return database.query(handle -> handle.createQuery("""
                        select f.sync, f.record_id, earlier.address as earlier, later.address as later
                        from person p join former_address f on f.person_id = p.id or f.former_id = p.id
                        join person earlier on earlier.id = f.former_id join person later on later.id = f.person_id
                        where p.address = :person and not f.besides order by f.sync, f.record_id
                        """)
                .bind("person", person.address())
                .map((row, context) -> new Move(
                        row.getString("sync"),
                        row.getString("record_id"),
                        new Person(row.getString("earlier")),
                        new Person(row.getString("later"))))
                .list());
    }
}
