package io.consentbridge.run;

import java.time.Instant;

/**
 * The body with which {@code direct:run-sync} and {@code direct:admit-run} are called.
 *
 * @param sync name of the sync
 * @param cause what sets it off
 * @param full whether everything is read
 * @param dueAt for when it is meant
 */
public record RunOrder(String sync, Run.Cause cause, boolean full, Instant dueAt) {}
