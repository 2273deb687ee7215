package io.consentbridge.outbox;

/** A delivery was claimed, and a hold or a lock that began since keeps it from being tried; nothing was sent. */
final class Halted extends RuntimeException {

    private static final long serialVersionUID = 1;

    Halted(String because) {
        super(because);
    }
}
