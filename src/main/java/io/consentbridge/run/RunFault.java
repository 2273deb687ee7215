package io.consentbridge.run;

/** The reason why a run cannot begin or go on, for the person who can correct it. Holds no personal data. */
public final class RunFault extends RuntimeException {

    private static final long serialVersionUID = 1;

    public RunFault(String message) {
        super(message);
    }
}
