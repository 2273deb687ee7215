package io.consentbridge.run;

import io.consentbridge.store.BulkInsert;
import io.consentbridge.store.Columns;
import io.consentbridge.store.PersonNumbers;
import io.consentbridge.store.RunNumbers;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Writes rows of the table consent_ledger. */
public final class LedgerRows {

    private static final int EVIDENCE = 4000;

    private record Said(String recordId, String purpose, String decision, String why, String evidence) {

        static Said of(LedgerEntry entry) {
            return new Said(
                    entry.recordId(),
                    entry.purpose(),
                    entry.decision(),
                    LedgerDecision.of(entry).why(),
                    Columns.clip(entry.evidence().orElse(null), EVIDENCE));
        }
    }

    private LedgerRows() {}

    /**
     * Writes the decisions of a run.
     *
     * @param recounted records that this run has counted before; a decision that the run has already recorded for them is
     *     not written again
     */
    public static void write(
            Handle handle, String runId, List<LedgerEntry> entries, PersonNumbers people, Set<String> recounted) {
        Set<Said> said = said(handle, runId, entries, people, recounted);
        List<LedgerEntry> news =
                entries.stream().filter(entry -> said.add(Said.of(entry))).toList();
        insert(handle, news, people);
    }

    /** Writes decisions that were made outside of a run. */
    public static void write(Handle handle, List<LedgerEntry> entries) {
        insert(
                handle,
                entries,
                PersonNumbers.of(
                        handle, entries.stream().map(LedgerEntry::person).toList()));
    }

    private static void insert(Handle handle, List<LedgerEntry> entries, PersonNumbers people) {
        Map<LedgerEntry, LedgerDecision> decisions = new HashMap<>();
        entries.forEach(entry -> decisions.put(entry, LedgerDecision.of(entry)));
        Map<LedgerDecision, Long> numbers = LedgerDecision.numbers(handle, decisions.values());
        RunNumbers runs = RunNumbers.of(
                handle, entries.stream().map(LedgerEntry::runId).distinct().toList());
        BulkInsert.into("consent_ledger", entries)
                .numbers("person_id", entry -> people.of(entry.person()))
                .numbers("decision", entry -> numbers.get(decisions.get(entry)))
                .texts("record_id", LedgerEntry::recordId)
                .numbers("run", entry -> runs.of(entry.runId()))
                .texts("evidence", entry -> Said.of(entry).evidence())
                .times("recorded_at", LedgerEntry::recordedAt)
                .execute(handle);
    }

    /** The latest entry of this run for each record and purpose. */
    private static Set<Said> said(
            Handle handle, String runId, List<LedgerEntry> entries, PersonNumbers numbers, Set<String> recounted) {
        List<Long> people = entries.stream()
                .filter(entry -> recounted.contains(entry.recordId()))
                .map(entry -> numbers.of(entry.person()))
                .distinct()
                .toList();
        if (people.isEmpty()) {
            return new HashSet<>();
        }
        Map<String, Said> last = new HashMap<>();
        handle.createQuery("""
                        select l.record_id, d.purpose, d.decision, d.why, l.evidence
                        from consent_ledger l join ledger_decision d on d.id = l.decision
                        where l.person_id = any(:people) and l.run = :run order by l.recorded_at, l.id
                        """)
                .bindArray("people", Long.class, people)
                .bind("run", RunNumbers.of(handle, runId))
                .map((row, context) -> new Said(
                        row.getString("record_id"),
                        row.getString("purpose"),
                        row.getString("decision"),
                        row.getString("why"),
                        row.getString("evidence")))
                .forEach(row -> last.put(row.recordId() + " " + row.purpose(), row));
        return new HashSet<>(last.values());
    }
}
