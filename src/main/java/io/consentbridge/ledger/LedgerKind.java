package io.consentbridge.ledger;

import io.consentbridge.consent.ConsentPolicy;
import io.consentbridge.proof.LeafKind;
import io.consentbridge.store.Columns;
import io.consentbridge.store.SharedRows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** What many events have in common (table ledger_kind). */
record LedgerKind(
        EventKind event,
        String connection,
        String purpose,
        String statementVersion,
        String tableVersion,
        String rule,
        String source,
        Map<String, String> inputs,
        LedgerEvent.Told told) {

    private static final int WHY = 500;

    private static final SharedRows<LedgerKind> ROWS = SharedRows.of(
            "ledger_kind",
            kind -> List.of(
                    kind.event.word(),
                    kind.connection,
                    kind.purpose,
                    kind.statementVersion,
                    kind.tableVersion,
                    kind.rule,
                    kind.source,
                    JsonText.of(kind.inputs),
                    kind.told.sync(),
                    kind.told.decision(),
                    kind.why()),
            insert -> insert.texts("event", kind -> kind.event.word())
                    .texts("connection", LedgerKind::connection)
                    .texts("purpose", LedgerKind::purpose)
                    .texts("statement_version", LedgerKind::statementVersion)
                    .texts("table_version", LedgerKind::tableVersion)
                    .texts("rule", LedgerKind::rule)
                    .texts("source", LedgerKind::source)
                    .texts("inputs", kind -> JsonText.of(kind.inputs))
                    .texts("sync", kind -> kind.told.sync())
                    .texts("decision", kind -> kind.told.decision())
                    .texts("why", LedgerKind::why));

    static LedgerKind of(LedgerEvent event) {
        return new LedgerKind(
                event.event(),
                event.connection(),
                event.purpose(),
                event.statementVersion(),
                event.rule().isEmpty() ? "" : ConsentPolicy.version(),
                event.rule(),
                event.source(),
                event.inputs(),
                event.told());
    }

    /** The part that is in the leaf. */
    LeafKind leaf() {
        return new LeafKind(event.word(), connection, purpose, statementVersion, tableVersion, rule, source, inputs);
    }

    private String why() {
        return Columns.clip(told.why(), WHY);
    }

    /** The kinds with these numbers. */
    static Map<Long, LedgerKind> byNumber(Handle handle, Collection<Long> numbers) {
        Map<Long, LedgerKind> kinds = new HashMap<>();
        handle.createQuery("""
                        select id, event, connection, purpose, statement_version, table_version, rule, source, inputs, sync, decision,
                            why
                        from ledger_kind where id = any(:numbers)
                        """)
                .bindArray("numbers", Long.class, List.copyOf(numbers))
                .map((row, context) -> kinds.put(row.getLong("id"), read(row)))
                .list();
        return kinds;
    }

    /** Reads the columns of the table. */
    static LedgerKind read(ResultSet row) throws SQLException {
        Map<String, String> inputs = new TreeMap<>();
        JsonText.read(row.getString("inputs")).forEach((name, value) -> inputs.put(name, (String) value));
        return new LedgerKind(
                EventKind.of(row.getString("event")),
                row.getString("connection"),
                row.getString("purpose"),
                row.getString("statement_version"),
                row.getString("table_version"),
                row.getString("rule"),
                row.getString("source"),
                inputs,
                new LedgerEvent.Told(row.getString("sync"), row.getString("decision"), row.getString("why")));
    }

    /** The numbers of these kinds, within the caller's transaction; those that are new are stored. */
    static Map<LedgerKind, Long> numbers(Handle handle, Collection<LedgerKind> kinds) {
        return ROWS.numbers(handle, new HashSet<>(kinds));
    }
}
