package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.consent.Decision;
import io.consentbridge.consent.Person;
import io.consentbridge.ledger.AnsweredRecords;
import io.consentbridge.ledger.EventKind;
import io.consentbridge.ledger.LedgerEntry;
import io.consentbridge.ledger.PersonLedger;
import io.consentbridge.run.PersonRecords;
import io.consentbridge.runtime.Runtime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the ledger must say after a history: it justifies every delivery at its instant, and what is replayed from it is what
 * the product holds.
 */
final class HistoryLedger {

    private static final Set<EventKind> YES = Set.of(EventKind.GIVEN, EventKind.ALLOWED);
    /** After one of these, what the person answered before lets nothing through. */
    private static final Set<EventKind> ENDS =
            Set.of(EventKind.REFUSED, EventKind.EXPIRED, EventKind.WITHDRAWN, EventKind.SUPPRESSED);

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
        Map<Source, LedgerEntry> last = new HashMap<>();
        Map<Source, String> decisions = new HashMap<>();
        // The purposes of which the person, not a record, said yes: an answer to a request is the person's.
        Set<String> consented = new HashSet<>();
        for (LedgerEntry entry : entries) {
            Source source = new Source(entry.sync(), entry.recordId());
            if (entry.event() == EventKind.DELIVERED) {
                if (!consented.contains(entry.purpose())) {
                    assertThat(last.values())
                            .as("what justifies %s of %s at %s", entry, person.address(), entry.at())
                            .anyMatch(said ->
                                    YES.contains(said.event()) && said.purpose().equals(entry.purpose()));
                }
            } else if (!entry.decision().isEmpty()) {
                last.put(source, entry);
                decisions.put(source, entry.decision());
            } else {
                decisions.computeIfPresent(source, (same, decision) -> AnsweredRecords.after(entry, decision));
                if (entry.event() == EventKind.GIVEN) {
                    consented.add(entry.purpose());
                } else if (ENDS.contains(entry.event())) {
                    consented.remove(entry.purpose());
                }
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
}
