package io.consentbridge.outbox;

import io.consentbridge.sync.Outcome;

/** What a newer draft replaces: a row that waits or flies, or a draft before it. */
record ReplacedDelivery(String action, String runId, String recordId, Long outcomeId, Outcome onSuccess, Held held) {

    static ReplacedDelivery of(Draft draft, Long outcomeId) {
        return new ReplacedDelivery(
                draft.action().word(),
                draft.runId(),
                draft.recordId(),
                outcomeId,
                draft.onSuccess(),
                draft.held().orElse(null));
    }

    boolean leaves() {
        return !action.equals(Action.SUBSCRIBE.word());
    }

    /** The newer one, which never weakens what this one was to do to somebody who leaves, nor puts it off. */
    Draft outdoneBy(Draft newer) {
        if (newer.action() == Action.SUBSCRIBE || !leaves()) {
            return newer;
        }
        Draft prompt = held != null ? newer : newer.due();
        boolean weaker = action.equals(Action.DO_NOT_MAIL.word()) && newer.action() == Action.UNSUBSCRIBE;
        return weaker ? prompt.barring() : prompt;
    }

    /** Whether the newer one does what this one was to do: take the person off the list. */
    boolean isDoneBy(Draft newer) {
        return newer.action() != Action.SUBSCRIBE && leaves();
    }
}
