package io.consentbridge.api;

/**
 * A run that was admitted and has begun, or an interrupted one that continues.
 *
 * @param run its id, for {@link Operations#run(String)}
 * @param sync name of its sync
 * @param full whether it reads everything; an interrupted one may not, although a full one was requested
 * @param interrupted whether it is an earlier run that continues
 */
public record RunStarted(String run, String sync, boolean full, boolean interrupted) {}
