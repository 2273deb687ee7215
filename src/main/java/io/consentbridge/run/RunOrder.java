package io.consentbridge.run;

import io.consentbridge.decision.Plans;
import java.time.Instant;
import java.util.Optional;

/**
 * The body with which {@code direct:run-sync} and {@code direct:admit-run} are called.
 *
 * @param sync name of the sync
 * @param cause what sets it off
 * @param full whether everything is read
 * @param dueAt for when it is meant
 * @param plan the plan that it carries out, or {@link Plans#RECORD}; empty for none
 */
public record RunOrder(String sync, Run.Cause cause, boolean full, Instant dueAt, Optional<String> plan) {

    /** A run without a plan. */
    public RunOrder(String sync, Run.Cause cause, boolean full, Instant dueAt) {
        this(sync, cause, full, dueAt, Optional.empty());
    }
}
