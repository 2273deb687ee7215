package io.consentbridge.audience;

import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.consent.Person;
import io.consentbridge.consent.Purpose;
import io.consentbridge.ledger.EventKind;
import io.consentbridge.ledger.LedgerEvent;
import io.consentbridge.ledger.LedgerRows;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * The events of the ledger that people are whom Campaigns lists as gone for the first time. Those whom this product took off are
 * none.
 */
final class LeaverEvents {

    private static final String WHY_LEFT = "Campaigns lists the person as unsubscribed.";
    private static final String WHY_BOUNCED = "Campaigns lists the person as bounced.";
    private static final String DECISION = "suppress";

    private LeaverEvents() {}

    /** @param purposes what the people of the list are mailed for */
    static void append(Handle handle, long listId, Set<Purpose> purposes, Collection<Suppression> fresh) {
        if (fresh.isEmpty()) {
            return;
        }
        Set<Person> theirs = Set.copyOf(Members.notTakenOff(
                handle, listId, fresh.stream().map(Suppression::person).toList()));
        List<LedgerEvent> events = fresh.stream()
                .filter(gone -> theirs.contains(gone.person()))
                .flatMap(gone -> purposes.isEmpty()
                        ? List.of(event(gone, "", "")).stream()
                        : purposes.stream().map(purpose -> event(gone, purpose.name(), purpose.statementVersion())))
                .toList();
        LedgerRows.append(handle, events);
    }

    private static LedgerEvent event(Suppression gone, String purpose, String statementVersion) {
        boolean bounced = gone.reason() == IgnoreReason.BOUNCED;
        return new LedgerEvent(
                EventKind.SUPPRESSED,
                gone.person(),
                gone.connection(),
                purpose,
                statementVersion,
                "",
                LedgerEvent.CAMPAIGNS,
                Map.of("reason", gone.reason().word()),
                "",
                "",
                Map.of(),
                gone.since(),
                new LedgerEvent.Told("", DECISION, bounced ? WHY_BOUNCED : WHY_LEFT));
    }
}
