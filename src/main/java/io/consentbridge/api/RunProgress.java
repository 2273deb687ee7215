package io.consentbridge.api;

/**
 * How far a run is: what can be told at little cost while it goes on, however many records it has.
 *
 * @param run its id
 * @param sync its sync
 * @param state the word of its state, as in {@link RunView}
 * @param over whether nothing more will happen in it
 * @param total records that it has read so far
 * @param waiting deliveries of it that wait or fly
 */
public record RunProgress(String run, String sync, String state, boolean over, long total, long waiting) {}
