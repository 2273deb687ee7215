package io.consentbridge.api;

/**
 * A plan that is being received.
 *
 * @param plan its id
 */
public record PlanKept(String plan) {}
