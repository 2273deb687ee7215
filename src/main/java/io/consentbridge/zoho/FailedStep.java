package io.consentbridge.zoho;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * Says which step of which route a failure comes from. It travels with the failure, as one that is suppressed, through splits and
 * from route to route, where the exchange of the step is not to be had any more.
 */
public final class FailedStep extends Exception {

    private static final long serialVersionUID = 1;

    private FailedStep(String step, String route) {
        super("step " + step + " of route " + route, null, false, false);
    }

    /**
     * Marks a failure with the step that it comes from; one that a step before it marked already keeps that.
     *
     * @param step id of the step
     * @param route id of the route
     */
    public static void mark(Throwable failure, String step, String route) {
        Throwable itself = Failures.unwrapped(failure);
        if (of(itself).isEmpty()) {
            itself.addSuppressed(new FailedStep(step, route));
        }
    }

    /** Which step a failure comes from, in words; empty if that is not known. */
    static Optional<String> of(Throwable failure) {
        return Stream.of(failure.getSuppressed())
                .filter(FailedStep.class::isInstance)
                .map(Throwable::getMessage)
                .findFirst();
    }
}
