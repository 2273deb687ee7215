package io.consentbridge.ledger;

import io.consentbridge.store.BulkInsert;
import io.consentbridge.store.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * Takes decisions that were recorded before there was a ledger into it, as events that say since when they are protected. Each
 * is taken over once: the transaction that appends it deletes it.
 */
final class Imports {

    private Imports() {}

    /** Takes over a page, oldest first, within the caller's transaction; returns how many there were. */
    static int take(Handle handle, int max) {
        return take(handle, handle.createQuery("""
                        select l.id, l.person_id, l.record_id, l.run, l.evidence, l.recorded_at, d.connection, d.purpose,
                            d.statement_version, d.sync, d.decision, d.why
                        from consent_ledger l join ledger_decision d on d.id = l.decision
                        where l.id > 0 order by l.id fetch first :max rows only
                        """).bind("max", max));
    }

    /** Takes over everything about one person, within the caller's transaction. */
    static void take(Handle handle, long person) {
        take(handle, handle.createQuery("""
                        select l.id, l.person_id, l.record_id, l.run, l.evidence, l.recorded_at, d.connection, d.purpose,
                            d.statement_version, d.sync, d.decision, d.why
                        from consent_ledger l join ledger_decision d on d.id = l.decision
                        where l.person_id = :person order by l.id
                        """).bind("person", person));
    }

    private static int take(Handle handle, Query query) {
        List<Earlier> rows = query.map((row, context) -> earlier(row)).list();
        if (rows.isEmpty()) {
            return 0;
        }
        Instant started = LogRows.started(handle);
        Map<LedgerKind, LedgerKind> alike = new HashMap<>();
        List<LedgerKind> kinds = rows.stream()
                .map(row -> row.kind(started))
                .map(kind -> alike.computeIfAbsent(kind, same -> same))
                .toList();
        Map<LedgerKind, Long> numbers = LedgerKind.numbers(handle, kinds);
        BulkInsert.into("ledger_event", rows)
                .numbers("kind", row -> numbers.get(row.kind(started)))
                .numbers("person_id", Earlier::person)
                .texts("record_id", Earlier::recordId)
                .numbers("run", Earlier::run)
                .times("happened_at", Earlier::at)
                .texts("evidence", row -> row.evidence().orElse(null))
                .execute(handle);
        handle.createUpdate("delete from consent_ledger where id = any(:ids)")
                .bindArray("ids", Long.class, rows.stream().map(Earlier::id).toList())
                .execute();
        return rows.size();
    }

    private static Earlier earlier(ResultSet row) throws SQLException {
        return new Earlier(
                row.getLong("id"),
                row.getLong("person_id"),
                row.getString("record_id"),
                row.getLong("run"),
                Columns.optionalText(row, "evidence"),
                Columns.instant(row, "recorded_at"),
                row.getString("connection"),
                row.getString("purpose"),
                row.getString("statement_version"),
                new LedgerEvent.Told(row.getString("sync"), row.getString("decision"), row.getString("why")));
    }

    private record Earlier(
            long id,
            long person,
            String recordId,
            long run,
            Optional<String> evidence,
            Instant at,
            String connection,
            String purpose,
            String statementVersion,
            LedgerEvent.Told told) {

        LedgerKind kind(Instant started) {
            return new LedgerKind(
                    EventKind.IMPORTED,
                    connection,
                    purpose,
                    statementVersion,
                    "",
                    "",
                    LedgerEvent.PRODUCT,
                    Map.of("decision", told.decision(), "unprotectedBefore", started.toString()),
                    told);
        }
    }
}
