package io.consentbridge.outbox;

import io.consentbridge.store.Columns;
import io.consentbridge.store.OutcomeChanges;
import io.consentbridge.store.StoredOutcome;
import io.consentbridge.sync.Outcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Settles outcomes of records whose delivery ended; an outcome that is settled already stays. */
final class OutcomeUpdates {

    private static final int DETAIL = 500;

    private record Fate(StoredOutcome outcome, String detail, String failure, boolean replay) {

        boolean settles(OutcomeChanges.Stored record) {
            String word = record.outcome().word();
            return word.equals(Outcome.PENDING) || replay && word.equals(Outcome.DEAD_LETTERED);
        }

        OutcomeChanges.Stored of(OutcomeChanges.Stored record) {
            return record.becomes(outcome, detail == null ? record.detail() : detail, failure);
        }
    }

    private final Handle handle;
    private final Map<Fate, List<Long>> fates = new LinkedHashMap<>();
    private final Set<Long> settled = new HashSet<>();

    OutcomeUpdates(Handle handle) {
        this.handle = handle;
    }

    /**
     * The first word on an outcome stands.
     *
     * @param outcomeId the outcome's row; null when the record is not counted
     * @param replay whether the delivery was a replay, so that a record that was dead-lettered gets its outcome after all
     * @param detail why; null for none. Of a dead-lettered record it is kept beside the reason of the decision, and is gone
     *     with the first replay that succeeds.
     */
    void settle(Long outcomeId, boolean replay, Outcome outcome, String detail) {
        if (outcomeId != null && settled.add(outcomeId)) {
            String why = Columns.clip(detail, DETAIL);
            boolean failed = outcome instanceof Outcome.DeadLettered;
            Fate fate = new Fate(StoredOutcome.of(outcome), failed ? null : why, failed ? why : null, replay);
            fates.computeIfAbsent(fate, same -> new ArrayList<>()).add(outcomeId);
        }
    }

    /** Stores them; most records of a batch share one fate. */
    void write() {
        OutcomeChanges changes = new OutcomeChanges(handle);
        Map<Long, OutcomeChanges.Stored> records =
                changes.lock(fates.values().stream().flatMap(List::stream).toList());
        List<OutcomeChanges.Stored> open = new ArrayList<>();
        fates.forEach((fate, outcomes) -> outcomes.stream()
                .map(records::get)
                .filter(Objects::nonNull)
                .filter(fate::settles)
                .map(fate::of)
                .forEach(open::add));
        changes.write(open);
        fates.clear();
    }
}
