package io.consentbridge.sync;

/** What a sync asks of its connection's limits. */
public sealed interface Asked {

    /** An inactive sync, or a new one, is to become active (B58, B63). */
    record Activation() implements Asked {}

    /**
     * A person starts a run now (B55).
     *
     * @param full over all data (B66)
     * @param active whether the sync is active; starting an inactive one takes a place among the active (B63)
     */
    record Command(boolean full, boolean active) implements Asked {}

    /** A run is due by schedule; {@code full} when it reads all data. */
    record Scheduled(boolean full) implements Asked {}
}
