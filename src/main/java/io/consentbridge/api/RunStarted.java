package io.consentbridge.api;

/**
 * A run that was admitted and has begun.
 *
 * @param run its id, for {@link Operations#run(String)}
 * @param sync name of its sync
 */
public record RunStarted(String run, String sync) {}
