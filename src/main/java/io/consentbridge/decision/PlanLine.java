package io.consentbridge.decision;

import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.outbox.Action;
import io.consentbridge.outbox.Draft;
import io.consentbridge.run.RecordOutcome;
import io.consentbridge.sync.Outcome;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a plan says about one record, without anything about its person.
 *
 * @param record the CRM record
 * @param decision word of the decision
 * @param action word of what is sent; null when nothing is
 * @param fingerprint of what is sent; null when nothing is
 * @param reason word of the reason of an ignored record; null for others
 */
public record PlanLine(String record, String decision, String action, String fingerprint, String reason) {

    /** The lines of a page, by record. */
    static Map<String, PlanLine> of(PageWrites page) {
        Map<String, Draft> drafts = new HashMap<>();
        page.drafts().stream().filter(Draft::counted).forEach(draft -> drafts.put(draft.recordId(), draft));
        Map<String, PlanLine> lines = new LinkedHashMap<>();
        for (RecordOutcome outcome : page.outcomes()) {
            Draft draft = drafts.get(outcome.recordId());
            lines.put(
                    outcome.recordId(),
                    new PlanLine(
                            outcome.recordId(),
                            outcome.decision(),
                            draft == null ? null : draft.action().word(),
                            draft == null ? null : draft.fingerprint(),
                            reason(draft == null ? outcome.outcome() : draft.onSuccess())));
        }
        return lines;
    }

    /**
     * Whether the line matches the plan. People who were to leave may have left already: the opt-out sweep runs before the
     * pages, and its removals are delivered while the pages are read. A record that was replaced by a newer one may be read
     * again in the same run, when the newer one turns out to be gone; until the end it does not break the plan.
     */
    boolean allows(PlanLine now) {
        return equals(now)
                || record != null && now.givesWay()
                || leaves()
                        && equals(new PlanLine(now.record, now.decision, action, fingerprint, now.reason))
                        && now.action == null;
    }

    private boolean givesWay() {
        return IgnoreReason.FILE_DUPLICATE.word().equals(reason);
    }

    private boolean leaves() {
        return action != null && !action.equals(Action.SUBSCRIBE.word());
    }

    private static String reason(Outcome outcome) {
        return outcome instanceof Outcome.Ignored ignored ? ignored.reason().word() : null;
    }
}
