package io.consentbridge.api;

/**
 * A run that was admitted and has begun, or one that was interrupted and goes on.
 *
 * @param run its id, for {@link Operations#run(String)}
 * @param sync name of its sync
 * @param full whether it reads everything; an interrupted one need not, though a full one was asked for
 * @param interrupted whether it is an earlier one that goes on
 */
public record RunStarted(String run, String sync, boolean full, boolean interrupted) {}
