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
 * The events {@code suppressed} of the ledger about people whom Campaigns tells to be gone or unfit, and whom this product moved to
 * Do-Not-Mail: one when it becomes known, and one more when something graver does. What a CRM record says is an event of the decision
 * on a record, what an operator says one of {@code person suppress}, and a refusal by a link is {@code refused} or {@code withdrawn}.
 */
final class SuppressedEvents {

    private static final String LISTED = "Campaigns lists the person as unsubscribed.";
    private static final String LISTED_BOUNCED = "Campaigns lists the person as bounced.";
    private static final String REPLY = "A reply of Campaigns to a delivery says that ";
    private static final Map<IgnoreReason, String> REPLIED = Map.of(
            IgnoreReason.DO_NOT_MAIL, REPLY + "the person is in the Do-Not-Mail registry.",
            IgnoreReason.OPTED_OUT, REPLY + "the person complained or unsubscribed.",
            IgnoreReason.BLOCKED, REPLY + "the address is blocked.",
            IgnoreReason.BOUNCED, REPLY + "the address bounced.");
    private static final String BARRED = "ConsentBridge moved the person to the Do-Not-Mail registry.";
    private static final String DECISION = "suppress";

    private SuppressedEvents() {}

    /**
     * Of people whom a list tells as gone, but for those whom this product took off it.
     *
     * @param purposes what the people of the list are mailed for
     * @param news what was not known before
     */
    static void left(Handle handle, long listId, Set<Purpose> purposes, Collection<Suppression> news) {
        if (news.isEmpty()) {
            return;
        }
        Set<Person> theirs = Set.copyOf(Members.notTakenOff(
                handle, listId, news.stream().map(Suppression::person).toList()));
        List<LedgerEvent> events = news.stream()
                .filter(gone -> theirs.contains(gone.person()))
                .flatMap(gone -> purposes.isEmpty()
                        ? List.of(left(gone, "", "")).stream()
                        : purposes.stream().map(purpose -> left(gone, purpose.name(), purpose.statementVersion())))
                .toList();
        LedgerRows.append(handle, events);
    }

    private static LedgerEvent left(Suppression gone, String purpose, String statementVersion) {
        String why = gone.reason() == IgnoreReason.BOUNCED ? LISTED_BOUNCED : LISTED;
        return event(gone, purpose, statementVersion, LedgerEvent.CAMPAIGNS, why);
    }

    /** Of people of whom replies to deliveries tell something that was not known before; of every purpose of the connection. */
    static void replied(Handle handle, Collection<Suppression> news) {
        LedgerRows.append(
                handle,
                news.stream()
                        .map(said -> event(
                                said,
                                "",
                                "",
                                LedgerEvent.CAMPAIGNS,
                                REPLIED.getOrDefault(said.reason(), REPLY + "the address is unfit.")))
                        .toList());
    }

    /** Of people whom this product moved to Do-Not-Mail; of every purpose of the connection. */
    static void barred(Handle handle, Collection<Suppression> news) {
        LedgerRows.append(
                handle,
                news.stream()
                        .map(moved -> event(moved, "", "", LedgerEvent.PRODUCT, BARRED))
                        .toList());
    }

    private static LedgerEvent event(
            Suppression said, String purpose, String statementVersion, String source, String why) {
        return new LedgerEvent(
                EventKind.SUPPRESSED,
                said.person(),
                said.connection(),
                purpose,
                statementVersion,
                "",
                source,
                Map.of("reason", said.reason().word()),
                "",
                "",
                Map.of(),
                said.since(),
                new LedgerEvent.Told("", DECISION, why));
    }
}
