package io.consentbridge.ledger;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Replays the entries of one person, and finds deliveries that nothing justifies at their instant.
 *
 * <p>A delivery for a purpose is justified by the person's own answer that stands, or by its record: the last decision on that record
 * for that purpose, whichever sync made it, must let the person be mailed. What another record of the person says justifies only a
 * delivery whose own record was never decided for the purpose.
 */
public final class Justification {

    private static final Set<EventKind> YES = EnumSet.of(EventKind.GIVEN, EventKind.ALLOWED);
    /** After one of these, what the person answered before lets nothing through. */
    private static final Set<EventKind> ENDS =
            EnumSet.of(EventKind.REFUSED, EventKind.EXPIRED, EventKind.WITHDRAWN, EventKind.SUPPRESSED);

    private record Subject(String purpose, String recordId) {}

    private final Map<Subject, EventKind> decided = new HashMap<>();
    private final Set<String> answered = new HashSet<>();

    private Justification() {}

    /**
     * The deliveries that nothing justifies.
     *
     * @param entries every entry of one person, in their order
     */
    public static List<LedgerEntry> missing(List<LedgerEntry> entries) {
        Justification replay = new Justification();
        List<LedgerEntry> missing = new ArrayList<>();
        for (LedgerEntry entry : entries) {
            if (entry.event() != EventKind.DELIVERED) {
                replay.take(entry);
            } else if (!replay.justifies(entry)) {
                missing.add(entry);
            }
        }
        return missing;
    }

    private boolean justifies(LedgerEntry delivered) {
        if (answered.contains(delivered.purpose())) {
            return true;
        }
        EventKind last = decided.get(new Subject(delivered.purpose(), delivered.recordId()));
        return last != null
                ? YES.contains(last)
                : decided.entrySet().stream()
                        .anyMatch(said ->
                                said.getKey().purpose().equals(delivered.purpose()) && YES.contains(said.getValue()));
    }

    private void take(LedgerEntry entry) {
        if (!entry.decision().isEmpty()) {
            if (!entry.recordId().isEmpty()) {
                decided.put(new Subject(entry.purpose(), entry.recordId()), entry.event());
            }
        } else if (entry.event() == EventKind.GIVEN) {
            // An answer to a request is the person's, and not a record's.
            answered.add(entry.purpose());
        } else if (ENDS.contains(entry.event())) {
            answered.remove(entry.purpose());
        }
    }
}
