package io.consentbridge.api;

/**
 * A plan that is being taken in.
 *
 * @param plan its id
 */
public record PlanKept(String plan) {}
