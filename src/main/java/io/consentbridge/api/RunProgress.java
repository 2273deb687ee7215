package io.consentbridge.api;

/**
 * How far a run is, at little cost while it continues, however many records it has.
 *
 * @param run its id
 * @param sync its sync
 * @param state the word of its state, as in {@link RunView}
 * @param over whether its state is final
 * @param total records that it has read so far
 * @param waiting its deliveries that wait or are being sent
 */
public record RunProgress(String run, String sync, String state, boolean over, long total, long waiting) {}
