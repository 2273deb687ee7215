package io.consentbridge.runtime;

/** Why an installation cannot be opened or asked, for the person who can mend it. */
public final class RuntimeFault extends RuntimeException {

    private static final long serialVersionUID = 1;

    RuntimeFault(String message, Throwable cause) {
        super(message, cause);
    }
}
