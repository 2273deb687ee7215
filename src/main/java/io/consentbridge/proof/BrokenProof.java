package io.consentbridge.proof;

/** Something of the log does not have the form or the value that it must have; the message says what and where. */
public final class BrokenProof extends RuntimeException {

    public BrokenProof(String message) {
        super(message);
    }

    BrokenProof(String message, Throwable cause) {
        super(message, cause);
    }
}
