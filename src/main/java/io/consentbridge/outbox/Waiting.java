package io.consentbridge.outbox;

/**
 * How much of one action is in the outbox of a connection.
 *
 * @param action which
 * @param due waits and may be claimed
 * @param flying is claimed
 * @param held is held back until the reading of its sync has ended, or by the brake; nothing of {@link #total}
 */
public record Waiting(Action action, long due, long flying, long held) {

    /** All that has not ended and goes on by itself. */
    public long total() {
        return due + flying;
    }
}
