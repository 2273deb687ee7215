package io.consentbridge.ledger;

import io.consentbridge.store.Columns;
import io.consentbridge.store.SharedRows;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
                "",
                event.rule(),
                event.source(),
                event.inputs(),
                event.told());
    }

    private String why() {
        return Columns.clip(told.why(), WHY);
    }

    /** The numbers of these kinds, within the caller's transaction; those that are new are stored. */
    static Map<LedgerKind, Long> numbers(Handle handle, Collection<LedgerKind> kinds) {
        return ROWS.numbers(handle, new HashSet<>(kinds));
    }
}
