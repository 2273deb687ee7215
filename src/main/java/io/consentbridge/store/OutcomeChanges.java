package io.consentbridge.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Changes stored outcomes within a transaction, and counts what it changes. */
public final class OutcomeChanges {

    private static final String LOCKED = """
            select id, run, kind, detail, failure, unknown_word from outcome where id = any(:ids) order by id for update
            """;

    /**
     * An outcome as it is stored.
     *
     * @param id its row
     * @param run the number of its run
     * @param detail the reason in words; null for none
     * @param failure what failed, if it is dead-lettered; null for none
     * @param unknownWord for the lawful basis, which the record names and nobody knows; null for none
     */
    public record Stored(
            long id,
            long run,
            String decision,
            StoredOutcome outcome,
            String detail,
            String failure,
            String unknownWord) {

        /** The same record with another outcome, for another reason. */
        public Stored becomes(StoredOutcome other, String why, String failed) {
            return new Stored(id, run, decision, other, why, failed, unknownWord);
        }

        /** The same record after another decision. */
        public Stored decided(String anew, StoredOutcome other, String why, String word) {
            return new Stored(id, run, anew, other, why, failure, word);
        }

        private OutcomeKind kind() {
            return OutcomeKind.of(decision, outcome, detail);
        }
    }

    /** What one statement writes to the rows of many outcomes. */
    private record Values(long kind, String detail, String failure, String unknownWord) {}

    /** A row of the table. */
    private record Row(long id, long run, long kind, String detail, String failure, String unknownWord) {

        static Row of(ResultSet row, StatementContext context) throws SQLException {
            return new Row(
                    row.getLong("id"),
                    row.getLong("run"),
                    row.getLong("kind"),
                    row.getString("detail"),
                    row.getString("failure"),
                    row.getString("unknown_word"));
        }

        Stored with(OutcomeKind common) {
            String why = common.why().isEmpty() ? null : common.why();
            return new Stored(
                    id, run, common.decision(), common.outcome(), detail == null ? why : detail, failure, unknownWord);
        }
    }

    private final Handle handle;
    private final Map<Long, Row> rows = new LinkedHashMap<>();

    /** @param handle of the transaction */
    public OutcomeChanges(Handle handle) {
        this.handle = handle;
    }

    /** The outcomes of these rows by row, locked in the order of the rows; one that does not exist is absent. */
    public Map<Long, Stored> lock(Collection<Long> ids) {
        Map<Long, Stored> stored = new LinkedHashMap<>();
        if (ids.isEmpty()) {
            return stored;
        }
        List<Row> found = handle.createQuery(LOCKED)
                .bindArray("ids", Long.class, List.copyOf(ids))
                .map(Row::of)
                .list();
        Map<Long, OutcomeKind> kinds =
                kinds(found.stream().map(Row::kind).distinct().toList());
        found.forEach(row -> {
            rows.put(row.id(), row);
            stored.put(row.id(), row.with(kinds.get(row.kind())));
        });
        return stored;
    }

    private Map<Long, OutcomeKind> kinds(List<Long> numbers) {
        Map<Long, OutcomeKind> kinds = new LinkedHashMap<>();
        handle.createQuery("select id, decision, outcome, reason, updated, why from outcome_kind where id = any(:ids)")
                .bindArray("ids", Long.class, numbers)
                .map((row, context) -> kinds.put(row.getLong("id"), OutcomeKind.read(row)))
                .list();
        return kinds;
    }

    /** Stores what became of outcomes that this object has locked. */
    public void write(Collection<Stored> outcomes) {
        Map<Stored, OutcomeKind> changed = new LinkedHashMap<>();
        outcomes.forEach(outcome -> changed.put(outcome, outcome.kind()));
        Map<OutcomeKind, Long> kinds = OutcomeKind.numbers(handle, Set.copyOf(changed.values()));
        OutcomeCounts counts = new OutcomeCounts(handle);
        Map<Values, List<Long>> alike = new LinkedHashMap<>();
        changed.forEach((outcome, common) -> {
            Row before = rows.get(outcome.id());
            long kind = kinds.get(common);
            counts.add(before.run(), before.kind(), before.unknownWord(), -1);
            counts.add(before.run(), kind, outcome.unknownWord(), 1);
            String own = common.own(outcome.detail());
            alike.computeIfAbsent(
                            new Values(kind, own, outcome.failure(), outcome.unknownWord()), same -> new ArrayList<>())
                    .add(outcome.id());
        });
        alike.forEach(this::write);
        counts.write();
    }

    private void write(Values values, List<Long> ids) {
        handle.createUpdate("""
                        update outcome set kind = :kind, detail = :detail, failure = :failure, unknown_word = :word
                        where id = any(:ids)
                        """)
                .bind("kind", values.kind())
                .bind("detail", values.detail())
                .bind("failure", values.failure())
                .bind("word", values.unknownWord())
                .bindArray("ids", Long.class, ids)
                .execute();
    }
}
