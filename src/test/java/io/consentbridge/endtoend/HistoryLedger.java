package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.consent.Decision;
import io.consentbridge.consent.Person;
import io.consentbridge.ledger.AnsweredRecords;
import io.consentbridge.ledger.EventKind;
import io.consentbridge.ledger.Justification;
import io.consentbridge.ledger.LedgerEntry;
import io.consentbridge.ledger.PersonLedger;
import io.consentbridge.run.PersonRecords;
import io.consentbridge.runtime.Runtime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the ledger must say after a history: it justifies every delivery at its instant, and what is replayed from it is what
 * the product holds.
 */
final class HistoryLedger {

    private static final Set<String> DECIDED = Set.of(
            Decision.DELIVER,
            Decision.DELIVER_AS_EXPRESSED,
            Decision.REQUEST_CONSENT,
            Decision.WITHHOLD,
            Decision.SUPPRESS);

    private final Runtime runtime;
    private final PersonLedger ledger;
    private final PersonRecords records;

    HistoryLedger(Runtime runtime) {
        this.runtime = runtime;
        ledger = new PersonLedger(runtime.database());
        records = new PersonRecords(runtime.database());
    }

    /** A record as a sync reads it. */
    private record Source(String sync, String recordId) {}

    /** What the ledger says is sealed, and fits. */
    void seal() {
        runtime.components().proofs().ledger().finish(Duration.ofMinutes(1));
    }

    /** @param since when the history began: the ledger goes on from one to the next */
    void check(Person person, Instant since) {
        List<LedgerEntry> entries = ledger.of(person).stream()
                .filter(entry -> !entry.at().isBefore(since))
                .toList();
        assertThat(Justification.missing(entries))
                .as("deliveries to %s that nothing justifies, of %s", person.address(), told(entries))
                .isEmpty();
        Map<Source, String> decisions = new HashMap<>();
        for (LedgerEntry entry : entries) {
            Source source = new Source(entry.sync(), entry.recordId());
            if (entry.event() != EventKind.DELIVERED && !entry.decision().isEmpty()) {
                decisions.put(source, entry.decision());
            } else if (entry.event() != EventKind.DELIVERED) {
                decisions.computeIfPresent(source, (same, decision) -> AnsweredRecords.after(entry, decision));
            }
        }
        for (PersonRecords.CurrentDecision current : records.decisions(person)) {
            if (DECIDED.contains(current.decision())) {
                assertThat(decisions.get(new Source(current.sync(), current.recordId())))
                        .as("the decision on %s in %s, replayed", current.recordId(), current.sync())
                        .isEqualTo(current.decision());
            }
        }
    }

    private static List<String> told(List<LedgerEntry> entries) {
        return entries.stream()
                .map(entry -> entry.at() + " " + entry + " by " + entry.sync() + " " + entry.recordId())
                .toList();
    }
}
