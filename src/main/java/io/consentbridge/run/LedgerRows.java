package io.consentbridge.run;

import io.consentbridge.store.Columns;
import io.consentbridge.store.PersonNumbers;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Writes rows of the table consent_ledger. */
final class LedgerRows {

    private static final int WHY = 500;
    private static final int EVIDENCE = 4000;

    private record Said(String recordId, String purpose, String decision, String why, String evidence) {

        static Said of(LedgerEntry entry) {
            return new Said(
                    entry.recordId(),
                    entry.purpose(),
                    entry.decision(),
                    Columns.clip(entry.why(), WHY),
                    Columns.clip(entry.evidence().orElse(null), EVIDENCE));
        }
    }

    private LedgerRows() {}

    /** @param recounted records that this run has counted before; what it said of them then is not said again */
    static void write(Handle handle, PageCommit page, PersonNumbers people, Set<String> recounted) {
        Set<Said> said = said(handle, page, people, recounted);
        PreparedBatch insert = handle.prepareBatch("""
                insert into consent_ledger (person_id, connection, purpose, statement_version, sync, record_id, run_id,
                    decision, why, evidence, recorded_at)
                values (:person, :connection, :purpose, :statement, :sync, :record, :run,
                    :decision, :why, :evidence, :at)
                """);
        for (LedgerEntry entry : page.ledger()) {
            Said now = Said.of(entry);
            if (said.add(now)) {
                insert.bind("person", people.of(entry.person()))
                        .bind("connection", entry.connection())
                        .bind("purpose", entry.purpose())
                        .bind("statement", entry.statementVersion())
                        .bind("sync", entry.sync())
                        .bind("record", entry.recordId())
                        .bind("run", entry.runId())
                        .bind("decision", entry.decision())
                        .bind("why", now.why())
                        .bind("evidence", now.evidence())
                        .bind("at", entry.recordedAt())
                        .add();
            }
        }
        insert.execute();
    }

    /** The last word of this run on each record and purpose. */
    private static Set<Said> said(Handle handle, PageCommit page, PersonNumbers numbers, Set<String> recounted) {
        List<Long> people = page.ledger().stream()
                .filter(entry -> recounted.contains(entry.recordId()))
                .map(entry -> numbers.of(entry.person()))
                .distinct()
                .toList();
        if (people.isEmpty()) {
            return new HashSet<>();
        }
        Map<String, Said> last = new HashMap<>();
        handle.createQuery("""
                        select record_id, purpose, decision, why, evidence from consent_ledger
                        where person_id = any(:people) and run_id = :run order by recorded_at, id
                        """)
                .bindArray("people", Long.class, people)
                .bind("run", page.runId())
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
