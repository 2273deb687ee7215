package io.consentbridge.outbox;

/**
 * How much of one action is in the outbox of a connection.
 *
 * @param action which
 * @param due waits and may be claimed
 * @param flying is claimed
 */
public record Waiting(Action action, long due, long flying) {

    /** All that has not ended. */
    public long total() {
        return due + flying;
    }
}
