package io.consentbridge.ledger;

import io.consentbridge.proof.Hash;
import io.consentbridge.proof.LeafForm;
import io.consentbridge.proof.LogSource;
import io.consentbridge.proof.VerifierKey;
import io.consentbridge.store.Columns;
import io.consentbridge.store.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.stream.Collectors;

/** The log as the database has it; entries are made anew from the columns that they stand for. */
final class StoredLog implements LogSource {

    private static final int PAGE = 1000;

    private final Database database;
    private final Map<Long, LeafForm> forms = new HashMap<>();

    StoredLog(Database database) {
        this.database = database;
    }

    private record Row(long sequence, long kind, Hash subject, Instant at, Hash evidence) {}

    @Override
    public List<VerifierKey> keys() {
        return database.query(handle -> handle.createQuery("select verifier from ledger_log")
                .map((row, context) -> VerifierKey.parse(row.getString("verifier")))
                .list());
    }

    @Override
    public long size() {
        return database.query(LogRows::size);
    }

    @Override
    public byte[] hashes(int level, long index, int width) {
        return database.query(handle -> new StoredTiles(handle).hashes(level, index, width));
    }

    @Override
    public Iterator<String> checkpoints() {
        return new Notes();
    }

    @Override
    public void entries(long size, EachEntry each) {
        entries(0, size, each);
    }

    /** Gives the entries from one number to before another. */
    void entries(long from, long size, EachEntry each) {
        long next = from;
        while (next < size) {
            List<Row> page = page(next, size);
            if (page.isEmpty()) {
                return;
            }
            know(page);
            for (Row row : page) {
                each.receive(
                        row.sequence(),
                        forms.get(row.kind()).bytes(row.sequence(), row.at(), row.subject(), row.evidence()));
            }
            next = page.get(page.size() - 1).sequence() + 1;
        }
    }

    private List<Row> page(long from, long before) {
        return database.query(handle -> handle.createQuery("""
                        select e.id, e.kind, s.subject, e.happened_at, e.evidence_hash
                        from ledger_entry e left join ledger_subject s on s.id = e.subject
                        where e.id >= :from and e.id < :before order by e.id fetch first :max rows only
                        """)
                .bind("from", from)
                .bind("before", before)
                .bind("max", PAGE)
                .map((row, context) -> row(row))
                .list());
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getLong("id"),
                row.getLong("kind"),
                hash(row.getBytes("subject")),
                Columns.instant(row, "happened_at"),
                hash(row.getBytes("evidence_hash")));
    }

    private static Hash hash(byte[] bytes) {
        return bytes == null ? null : Hash.of(bytes);
    }

    private void know(List<Row> page) {
        Set<Long> strange = page.stream()
                .map(Row::kind)
                .filter(kind -> !forms.containsKey(kind))
                .collect(Collectors.toSet());
        if (!strange.isEmpty()) {
            database.query(handle -> LedgerKind.byNumber(handle, strange))
                    .forEach((number, kind) -> forms.put(number, new LeafForm(kind.leaf())));
        }
    }

    /** The notes of all checkpoints, page by page. */
    private final class Notes implements Iterator<String> {

        private final Deque<String> page = new ArrayDeque<>();
        private long after = -1;
        private boolean over;

        @Override
        public boolean hasNext() {
            if (page.isEmpty() && !over) {
                List<StoredCheckpoint> next = database.query(handle -> CheckpointRows.after(handle, after, PAGE));
                next.forEach(checkpoint -> page.add(checkpoint.note()));
                over = next.size() < PAGE;
                after = next.isEmpty() ? after : next.get(next.size() - 1).size();
            }
            return !page.isEmpty();
        }

        @Override
        public String next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return page.remove();
        }
    }
}
