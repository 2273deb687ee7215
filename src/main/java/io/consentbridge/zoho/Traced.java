package io.consentbridge.zoho;

import java.util.Arrays;

/**
 * A failure as a log may show it: the kinds of the failure and of its causes, and their places in the code. A message is there
 * only if {@link Failures#text} shows it.
 */
public final class Traced extends Exception {

    private static final long serialVersionUID = 1;
    private static final int DEEPEST = 20;

    private final String shown;

    private Traced(String shown, StackTraceElement[] places, Traced cause) {
        super(shown, cause, false, true);
        this.shown = shown;
        setStackTrace(places);
    }

    /** The failure with its causes. */
    public static Traced of(Throwable failure) {
        return of(failure, DEEPEST);
    }

    private static Traced of(Throwable failure, int deep) {
        Throwable cause = failure.getCause();
        String message = Failures.isTold(failure) ? ": " + failure.getMessage() : "";
        StackTraceElement[] places = failure.getStackTrace();
        return new Traced(
                failure.getClass().getName() + message,
                Arrays.copyOf(places, places.length),
                cause == null || deep == 0 ? null : of(cause, deep - 1));
    }

    @Override
    public String toString() {
        return shown;
    }
}
