package io.consentbridge.ledger;

import io.consentbridge.consent.Person;
import io.consentbridge.proof.Checkpoint;
import io.consentbridge.proof.Evidence;
import io.consentbridge.proof.Hash;
import io.consentbridge.proof.InclusionProof;
import io.consentbridge.proof.ProofFolder;
import io.consentbridge.proof.SealingKey;
import io.consentbridge.proof.SignedNote;
import io.consentbridge.store.Columns;
import io.consentbridge.store.Database;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the entries about one person with their evidence, and proves each by the last checkpoint. */
final class PersonProofs {

    private final Database database;
    private final Keys keys;
    private final StoredLog log;

    PersonProofs(Database database, Keys keys) {
        this.database = database;
        this.keys = keys;
        this.log = new StoredLog(database);
    }

    private record Entry(long sequence, Optional<Evidence> evidence) {}

    /**
     * The entries about a person that the last checkpoint covers, oldest first.
     *
     * @throws LedgerFault if this process does not have the master key
     */
    List<ProofFolder.Proved> of(Person person) {
        Optional<SignedNote> checkpoint =
                database.query(CheckpointRows::last).map(StoredCheckpoint::note).map(SignedNote::parse);
        long covered =
                checkpoint.map(note -> Checkpoint.parse(note.text()).size()).orElse(0L);
        List<ProofFolder.Proved> proved = new ArrayList<>();
        for (Entry entry : entries(person, covered)) {
            log.entries(
                    entry.sequence(),
                    entry.sequence() + 1,
                    (sequence, bytes) -> proved.add(new ProofFolder.Proved(
                            bytes, InclusionProof.of(sequence, checkpoint.orElseThrow(), log), entry.evidence())));
        }
        return proved;
    }

    private List<Entry> entries(Person person, long before) {
        return database.query(handle -> handle.createQuery("""
                        select e.id, e.record_id, e.sealed, n.run_id, k.sync, s.subject, s.wrapped_key, s.master
                        from person p join ledger_subject s on s.person_id = p.id join ledger_entry e on e.subject = s.id
                        join ledger_kind k on k.id = e.kind left join run_number n on n.id = e.run
                        where p.address = :person and e.id < :before order by e.id
                        """)
                .bind("person", person.address())
                .bind("before", before)
                .map((row, context) -> entry(row))
                .list());
    }

    private Entry entry(ResultSet row) throws SQLException {
        long sequence = row.getLong("id");
        byte[] wrapped = row.getBytes("wrapped_key");
        if (wrapped == null) {
            return new Entry(sequence, Optional.empty());
        }
        SealingKey key = keys.unwrap(wrapped, Columns.number(row, "master"), Hash.of(row.getBytes("subject")));
        byte[] sealed = row.getBytes("sealed");
        String said = sealed == null
                ? null
                : new String(key.open(sealed, EvidenceForm.context(sequence)), StandardCharsets.UTF_8);
        EvidenceForm form =
                new EvidenceForm(row.getString("sync"), row.getString("record_id"), row.getString("run_id"), said);
        return new Entry(sequence, form.evidence(key, sequence));
    }
}
