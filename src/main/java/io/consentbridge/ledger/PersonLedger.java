package io.consentbridge.ledger;

import io.consentbridge.consent.Person;
import io.consentbridge.store.Columns;
import io.consentbridge.store.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What the ledger says about one person: events are there at once, sequenced or not. */
public final class PersonLedger {

    private final Database database;

    public PersonLedger(Database database) {
        this.database = database;
    }

    /** All entries about one person, oldest first, with decisions that are not imported yet. */
    public List<LedgerEntry> of(Person person) {
        return database.query(handle -> handle.createQuery("""
                        select told.stage, told.id, told.record_id, told.evidence, told.happened_at, n.run_id, told.event,
                            told.connection, told.purpose, told.statement_version, told.rule, told.source, told.sync,
                            told.decision, told.why
                        from (
                            select 0 as stage, l.id, l.record_id, l.evidence, l.recorded_at as happened_at, l.run,
                                'imported' as event, d.connection, d.purpose, d.statement_version, '' as rule, 'product' as source,
                                d.sync, d.decision, d.why
                            from person p join consent_ledger l on l.person_id = p.id
                            join ledger_decision d on d.id = l.decision
                            where p.address = :person
                            union all
                            select 1, e.id, e.record_id, null, e.happened_at, e.run, k.event, k.connection, k.purpose,
                                k.statement_version, k.rule, k.source, k.sync, k.decision, k.why
                            from person p join ledger_subject s on s.person_id = p.id
                            join ledger_entry e on e.subject = s.id join ledger_kind k on k.id = e.kind
                            where p.address = :person
                            union all
                            select 2, v.id, v.record_id, v.evidence, v.happened_at, v.run, k.event, k.connection, k.purpose,
                                k.statement_version, k.rule, k.source, k.sync, k.decision, k.why
                            from person p join ledger_event v on v.person_id = p.id
                            join ledger_kind k on k.id = v.kind
                            where p.address = :person
                        ) as told left join run_number n on n.id = told.run
                        order by told.happened_at, told.stage, told.id
                        """)
                .bind("person", person.address())
                .map((row, context) -> entry(person, row))
                .list());
    }

    private static LedgerEntry entry(Person person, ResultSet row) throws SQLException {
        return new LedgerEntry(
                row.getInt("stage") == 1 ? OptionalLong.of(row.getLong("id")) : OptionalLong.empty(),
                EventKind.of(row.getString("event")),
                person,
                row.getString("connection"),
                row.getString("purpose"),
                row.getString("statement_version"),
                row.getString("rule"),
                row.getString("source"),
                row.getString("sync"),
                Optional.ofNullable(row.getString("record_id")).orElse(""),
                Optional.ofNullable(row.getString("run_id")).orElse(""),
                row.getString("decision"),
                row.getString("why"),
                Columns.optionalText(row, "evidence").map(JsonText::read).orElseGet(Map::of),
                Columns.instant(row, "happened_at"));
    }
}
