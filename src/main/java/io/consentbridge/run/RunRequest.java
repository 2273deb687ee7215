package io.consentbridge.run;

import java.time.Instant;

/**
 * A run that is asked for.
 *
 * @param sync name of the sync
 * @param connection name of the connection
 * @param cause what sets it off
 * @param full whether everything is read
 * @param dueAt for when it is meant; of one sync only one run has it
 * @param node the process that asks
 */
public record RunRequest(String sync, String connection, Run.Cause cause, boolean full, Instant dueAt, String node) {}
