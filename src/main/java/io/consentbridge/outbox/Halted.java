package io.consentbridge.outbox;

/** Says that a claimed delivery was not tried, because a backoff, a held list or a lock began since; nothing was sent. */
final class Halted extends RuntimeException {

    private static final long serialVersionUID = 1;

    Halted(String because) {
        super(because);
    }
}
