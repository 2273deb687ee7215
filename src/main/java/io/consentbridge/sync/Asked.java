package io.consentbridge.sync;

/** A request of a sync to the limits of its connection. */
public sealed interface Asked {

    /** To activate a sync, which is inactive or new (B58, B63). */
    record Activation() implements Asked {}

    /**
     * To start a run by command, now (B55).
     *
     * @param full whether it reads all data (B66)
     * @param active whether the sync is active; a run of an inactive sync activates it, which counts (B63)
     */
    record Command(boolean full, boolean active) implements Asked {}

    /** To start a run that is due by schedule; {@code full} if it reads all data. */
    record Scheduled(boolean full) implements Asked {}
}
