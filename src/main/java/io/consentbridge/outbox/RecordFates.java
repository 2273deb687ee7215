package io.consentbridge.outbox;

import io.consentbridge.store.Columns;
import io.consentbridge.store.StoredOutcome;
import io.consentbridge.sync.Outcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Settles outcomes of records whose delivery ended; an outcome that is settled already stays. */
final class RecordFates {

    private static final int DETAIL = 500;

    private record Fate(StoredOutcome outcome, String detail, boolean replay) {}

    private final Handle handle;
    private final Map<Fate, List<Long>> fates = new LinkedHashMap<>();
    private final Set<Long> settled = new HashSet<>();

    RecordFates(Handle handle) {
        this.handle = handle;
    }

    /**
     * The first word on an outcome stands.
     *
     * @param outcomeId the outcome's row; null when the record is not counted
     * @param replay whether the delivery was a replay, so that a record that was dead-lettered gets its outcome after all
     * @param detail null for none
     */
    void settle(Long outcomeId, boolean replay, Outcome outcome, String detail) {
        if (outcomeId != null && settled.add(outcomeId)) {
            Fate fate = new Fate(StoredOutcome.of(outcome), Columns.clip(detail, DETAIL), replay);
            fates.computeIfAbsent(fate, same -> new ArrayList<>()).add(outcomeId);
        }
    }

    /** Most records of a batch share one fate, and one statement settles them. */
    void write() {
        fates.forEach((fate, outcomes) -> handle.createUpdate("""
                        update outcome
                        set outcome = :outcome, reason = :reason, updated = :updated, detail = coalesce(:detail, detail)
                        where id = any(:outcomes) and (outcome = 'pending' or :replay and outcome = 'dead-lettered')
                        """)
                .bind("outcome", fate.outcome().word())
                .bind("reason", fate.outcome().reason())
                .bind("updated", fate.outcome().updated())
                .bind("detail", fate.detail())
                .bind("replay", fate.replay())
                .bindArray("outcomes", Long.class, outcomes)
                .execute());
        fates.clear();
    }
}
