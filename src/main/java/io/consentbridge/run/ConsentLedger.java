package io.consentbridge.run;

import io.consentbridge.consent.Person;
import io.consentbridge.store.Columns;
import io.consentbridge.store.Database;
import java.util.List;

/** The append-only ledger of decisions about people. Rows are written in the transaction of the page that decided them. */
public final class ConsentLedger {

    private final Database database;

    public ConsentLedger(Database database) {
        this.database = database;
    }

    /** All entries about one person, oldest first. */
    public List<LedgerEntry> of(Person person) {
        return database.query(handle -> handle.createQuery("""
                        select l.record_id, l.evidence, l.recorded_at, n.run_id,
                            d.connection, d.purpose, d.statement_version, d.sync, d.decision, d.why
                        from person p join consent_ledger l on l.person_id = p.id
                        join ledger_decision d on d.id = l.decision join run_number n on n.id = l.run
                        where p.address = :person order by l.recorded_at, l.id
                        """)
                .bind("person", person.address())
                .map((row, context) -> new LedgerEntry(
                        person,
                        row.getString("connection"),
                        row.getString("purpose"),
                        row.getString("statement_version"),
                        row.getString("sync"),
                        row.getString("record_id"),
                        row.getString("run_id"),
                        row.getString("decision"),
                        row.getString("why"),
                        Columns.optionalText(row, "evidence"),
                        Columns.instant(row, "recorded_at")))
                .list());
    }
}
