package io.consentbridge.ledger;

import io.consentbridge.proof.Evidence;
import io.consentbridge.proof.Hash;
import io.consentbridge.proof.LeafForm;
import io.consentbridge.proof.SealingKey;
import io.consentbridge.proof.Tile;
import io.consentbridge.proof.TreeEdge;
import io.consentbridge.store.BulkInsert;
import io.consentbridge.store.Columns;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Sequences some events within one transaction. */
final class Batch {

    private final Handle handle;
    private final Keys keys;

    Batch(Handle handle, Keys keys) {
        this.handle = handle;
        this.keys = keys;
    }

    /** An appended event. */
    private record Waiting(
            long id,
            long kind,
            Long personId,
            String address,
            Long subject,
            String recordId,
            Long run,
            String runId,
            Instant at,
            String evidence) {}

    /** An event with its number. */
    private record Numbered(long sequence, Waiting event, Long subject, Hash evidence, byte[] sealed) {}

    /** Sequences the oldest events, and returns how many there were. */
    int write(int max) {
        List<Waiting> events = handle.createQuery("""
                        select v.id, v.kind, v.person_id, p.address, v.subject, v.record_id, v.run, n.run_id, v.happened_at, v.evidence
                        from ledger_event v left join person p on p.id = v.person_id left join run_number n on n.id = v.run
                        where v.id > 0 order by v.id fetch first :max rows only
                        """)
                .bind("max", max)
                .map((row, context) -> waiting(row))
                .list();
        if (events.isEmpty()) {
            return 0;
        }
        long size = LogRows.size(handle);
        TreeEdge edge = TreeEdge.of(size, new StoredTiles(handle));
        List<Numbered> numbered = number(events, size, edge);
        write(numbered);
        write(edge.takeChangedTiles());
        handle.createUpdate("delete from ledger_event where id = any(:ids)")
                .bindArray("ids", Long.class, events.stream().map(Waiting::id).toList())
                .execute();
        LogRows.grow(handle, edge.size());
        return events.size();
    }

    private static Waiting waiting(ResultSet row) throws SQLException {
        return new Waiting(
                row.getLong("id"),
                row.getLong("kind"),
                Columns.number(row, "person_id"),
                row.getString("address"),
                Columns.number(row, "subject"),
                row.getString("record_id"),
                Columns.number(row, "run"),
                row.getString("run_id"),
                Columns.instant(row, "happened_at"),
                row.getString("evidence"));
    }

    private List<Numbered> number(List<Waiting> events, long size, TreeEdge edge) {
        Map<Long, LedgerKind> kinds =
                LedgerKind.byNumber(handle, events.stream().map(Waiting::kind).collect(Collectors.toSet()));
        Map<Long, LeafForm> forms = new HashMap<>();
        kinds.forEach((number, kind) -> forms.put(number, new LeafForm(kind.leaf())));
        Subjects subjects = subjects(events);
        SealingKey own = events.stream().anyMatch(event -> event.personId() == null && event.subject() == null)
                ? keys.ownKey()
                : null;
        List<Numbered> numbered = new ArrayList<>(events.size());
        for (Waiting event : events) {
            long sequence = size + numbered.size();
            Subject subject =
                    event.subject() == null ? subjects.of(event.personId()) : subjects.numbered(event.subject());
            SealingKey key = subject == null ? own : subject.key();
            Hash hash = key == null
                    ? null
                    : new EvidenceForm(
                                    kinds.get(event.kind()).told().sync(),
                                    event.recordId(),
                                    event.runId(),
                                    event.evidence())
                            .evidence(key, sequence)
                            .map(Evidence::hash)
                            .orElse(null);
            byte[] sealed = key == null || event.evidence() == null
                    ? null
                    : key.seal(event.evidence().getBytes(StandardCharsets.UTF_8), EvidenceForm.context(sequence));
            Hash whom = subject == null ? null : subject.hash();
            edge.append(Hash.leaf(forms.get(event.kind()).bytes(sequence, event.at(), whom, hash)));
            numbered.add(new Numbered(sequence, event, subject == null ? null : subject.id(), hash, sealed));
        }
        return numbered;
    }

    private Subjects subjects(List<Waiting> events) {
        Map<Long, String> people = new HashMap<>();
        events.stream()
                .filter(event -> event.personId() != null)
                // A person who is gone has no address any more.
                .forEach(event -> people.put(event.personId(), Objects.requireNonNullElse(event.address(), "")));
        Set<Long> erased =
                events.stream().map(Waiting::subject).filter(Objects::nonNull).collect(Collectors.toSet());
        return Subjects.of(handle, keys, people, erased);
    }

    private void write(List<Numbered> numbered) {
        BulkInsert.into("ledger_entry", numbered)
                .numbers("id", Numbered::sequence)
                .numbers("kind", one -> one.event().kind())
                .numbers("subject", Numbered::subject)
                .texts("record_id", one -> one.event().recordId())
                .numbers("run", one -> one.event().run())
                .times("happened_at", one -> one.event().at())
                .bytes(
                        "evidence_hash",
                        one -> one.evidence() == null ? null : one.evidence().bytes())
                .bytes("sealed", Numbered::sealed)
                .execute(handle);
    }

    private void write(Iterable<Tile> tiles) {
        PreparedBatch batch = handle.prepareBatch("""
                insert into ledger_tile (level, number, hashes) values (:level, :number, :hashes)
                on conflict (level, number) do update set hashes = excluded.hashes
                """);
        tiles.forEach(tile -> batch.bind("level", tile.level())
                .bind("number", tile.index())
                .bind("hashes", tile.hashes())
                .add());
        batch.execute();
    }
}
