package io.consentbridge.outbox;

/**
 * The number of deliveries of one action in the outbox of a connection.
 *
 * @param action which
 * @param due waits and may be claimed
 * @param flying is claimed
 * @param held is held until the reading of its sync has ended, or by the brake; not included in {@link #total}
 */
public record Waiting(Action action, long due, long flying, long held) {

    /** All deliveries that have not ended and go on by themselves. */
    public long total() {
        return due + flying;
    }
}
