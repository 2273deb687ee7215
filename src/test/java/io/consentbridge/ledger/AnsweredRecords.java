package io.consentbridge.ledger;

import io.consentbridge.consent.Decision;
import java.util.Set;

/** What the answer to a request makes of the decision on the record by which the person was asked. */
public final class AnsweredRecords {

    private static final Set<EventKind> REFUSALS = Set.of(EventKind.REFUSED, EventKind.WITHDRAWN);

    private AnsweredRecords() {}

    /**
     * The decision after an event that is no decision itself.
     *
     * @param before the word of the decision before it; null for none
     * @return the word of the decision after it, which is mostly the same
     */
    public static String after(LedgerEntry entry, String before) {
        boolean asked = Decision.REQUEST_CONSENT.equals(before);
        if (entry.event() == EventKind.GIVEN && asked) {
            return Decision.DELIVER_AS_EXPRESSED;
        }
        boolean refused = REFUSALS.contains(entry.event()) && entry.source().equals(LedgerEvent.PAGE);
        return refused && (asked || Decision.DELIVER_AS_EXPRESSED.equals(before)) ? Decision.SUPPRESS : before;
    }
}
