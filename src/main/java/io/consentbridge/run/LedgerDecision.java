package io.consentbridge.run;

import io.consentbridge.store.Columns;
import io.consentbridge.store.SharedRows;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** What the ledger says of many people alike (table ledger_decision). */
record LedgerDecision(
        String connection, String purpose, String statementVersion, String sync, String decision, String why) {

    private static final int WHY = 500;

    private static final SharedRows<LedgerDecision> ROWS = SharedRows.of(
            "ledger_decision",
            said -> List.of(said.connection, said.purpose, said.statementVersion, said.sync, said.decision, said.why),
            insert -> insert.texts("connection", LedgerDecision::connection)
                    .texts("purpose", LedgerDecision::purpose)
                    .texts("statement_version", LedgerDecision::statementVersion)
                    .texts("sync", LedgerDecision::sync)
                    .texts("decision", LedgerDecision::decision)
                    .texts("why", LedgerDecision::why));

    static LedgerDecision of(LedgerEntry entry) {
        return new LedgerDecision(
                entry.connection(),
                entry.purpose(),
                entry.statementVersion(),
                entry.sync(),
                entry.decision(),
                Columns.clip(entry.why(), WHY));
    }

    /** The numbers of these decisions, within the caller's transaction; those that are new are stored. */
    static Map<LedgerDecision, Long> numbers(Handle handle, Collection<LedgerDecision> decisions) {
        return ROWS.numbers(handle, decisions);
    }
}
