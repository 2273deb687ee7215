package io.consentbridge.run;

import io.consentbridge.decision.Plans;
import java.time.Instant;
import java.util.Optional;

/**
 * A request to run a sync: the body that {@code direct:run-sync} and {@code direct:admit-run} take.
 *
 * @param sync name of the sync
 * @param cause what triggers it
 * @param full whether it reads every record
 * @param dueAt its due time
 * @param plan the plan that it carries out, or {@link Plans#RECORD}; empty for none
 */
public record RunRequest(String sync, Run.Cause cause, boolean full, Instant dueAt, Optional<String> plan) {

    /** A run without a plan. */
    public RunRequest(String sync, Run.Cause cause, boolean full, Instant dueAt) {
        this(sync, cause, full, dueAt, Optional.empty());
    }
}
