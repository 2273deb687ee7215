package io.consentbridge.ledger;

import io.consentbridge.consent.Person;
import io.consentbridge.proof.Evidence;
import io.consentbridge.proof.Hash;
import io.consentbridge.proof.SealingKey;
import io.consentbridge.store.Columns;
import io.consentbridge.store.Database;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What the ledger says about one person: events are there at once, sequenced or not. */
public final class PersonLedger {

    private static final int SEQUENCED = 1;

    private final Database database;
    private final Keys keys;

    /** @param keys open sealed evidence */
    public PersonLedger(Database database, Keys keys) {
        this.database = database;
        this.keys = keys;
    }

    /** Without what is sealed. */
    public PersonLedger(Database database) {
        this(database, null);
    }

    /** All entries about one person, oldest first, with decisions that are not imported yet. */
    public List<LedgerEntry> of(Person person) {
        return database.query(handle -> handle.createQuery("""
                        select told.stage, told.id, told.record_id, told.evidence, told.happened_at, n.run_id, told.event,
                            told.connection, told.purpose, told.statement_version, told.rule, told.source, told.sync,
                            told.decision, told.why, told.sealed, told.subject, told.wrapped_key, told.master
                        from (
                            select 0 as stage, l.id, l.record_id, l.evidence, l.recorded_at as happened_at, l.run,
                                'imported' as event, d.connection, d.purpose, d.statement_version, '' as rule, 'product' as source,
                                d.sync, d.decision, d.why, null as sealed, null as subject, null as wrapped_key, null as master
                            from person p join consent_ledger l on l.person_id = p.id
                            join ledger_decision d on d.id = l.decision
                            where p.address = :person
                            union all
                            select 1, e.id, e.record_id, null, e.happened_at, e.run, k.event, k.connection, k.purpose,
                                k.statement_version, k.rule, k.source, k.sync, k.decision, k.why, e.sealed, s.subject,
                                s.wrapped_key, s.master
                            from person p join ledger_subject s on s.person_id = p.id
                            join ledger_entry e on e.subject = s.id join ledger_kind k on k.id = e.kind
                            where p.address = :person
                            union all
                            select 2, v.id, v.record_id, v.evidence, v.happened_at, v.run, k.event, k.connection, k.purpose,
                                k.statement_version, k.rule, k.source, k.sync, k.decision, k.why, null, null, null, null
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

    /**
     * An entry with what its leaf hashes of it.
     *
     * @param entry as it was written
     * @param leaf its canonical bytes in the log
     * @param evidence what the leaf has the hash of; empty if it proves nothing besides, or the key was destroyed
     */
    public record Proven(LedgerEntry entry, byte[] leaf, Optional<Evidence> evidence) {}

    /**
     * The entries of a person that have a number, with what proves them.
     *
     * @throws LedgerFault if this process does not have the master key
     */
    public List<Proven> proven(Person person) {
        StoredLog log = new StoredLog(database);
        List<Proven> proven = new ArrayList<>();
        for (LedgerEntry entry : of(person)) {
            entry.sequence()
                    .ifPresent(sequence -> log.entries(
                            sequence,
                            sequence + 1,
                            (number, leaf) -> proven.add(new Proven(entry, leaf, evidence(entry, number)))));
        }
        return proven;
    }

    private Optional<Evidence> evidence(LedgerEntry entry, long sequence) {
        return database.query(handle -> handle.createQuery("""
                                select e.sealed, s.subject, s.wrapped_key, s.master
                                from ledger_entry e join ledger_subject s on s.id = e.subject where e.id = :sequence
                                """)
                .bind("sequence", sequence)
                .map((row, context) -> Optional.ofNullable(key(row))
                        .flatMap(key -> form(entry, said(key, sequence, row)).evidence(key, sequence)))
                .one());
    }

    private static EvidenceForm form(LedgerEntry entry, String said) {
        return new EvidenceForm(entry.sync(), entry.recordId(), entry.runId(), said);
    }

    private SealingKey key(ResultSet row) {
        try {
            byte[] wrapped = row.getBytes("wrapped_key");
            return wrapped == null || keys == null
                    ? null
                    : keys.unwrap(wrapped, Columns.number(row, "master"), Hash.of(row.getBytes("subject")));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String said(SealingKey key, long sequence, ResultSet row) {
        try {
            byte[] sealed = row.getBytes("sealed");
            return sealed == null
                    ? null
                    : new String(key.open(sealed, EvidenceForm.context(sequence)), StandardCharsets.UTF_8);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What was said, plain or sealed; nothing where this process has no key. */
    private Map<String, Object> evidence(ResultSet row) throws SQLException {
        if (row.getInt("stage") != SEQUENCED || row.getBytes("sealed") == null) {
            return Columns.optionalText(row, "evidence").map(JsonText::read).orElseGet(Map::of);
        }
        SealingKey key;
        try {
            key = key(row);
        } catch (LedgerFault withoutKey) {
            return Map.of();
        }
        return key == null ? Map.of() : JsonText.read(said(key, row.getLong("id"), row));
    }

    private LedgerEntry entry(Person person, ResultSet row) throws SQLException {
        return new LedgerEntry(
                row.getInt("stage") == SEQUENCED ? OptionalLong.of(row.getLong("id")) : OptionalLong.empty(),
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
                evidence(row),
                Columns.instant(row, "happened_at"));
    }
}
