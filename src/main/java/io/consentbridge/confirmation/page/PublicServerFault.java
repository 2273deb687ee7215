package io.consentbridge.confirmation.page;

/** The public page cannot be served; the message tells the operator what to do. */
public final class PublicServerFault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PublicServerFault(String message, Throwable cause) {
        super(message, cause);
    }
}
