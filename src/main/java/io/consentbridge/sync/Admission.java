package io.consentbridge.sync;

/**
 * The answer of the limits to a sync that asks. A run that a limit refuses or defers still applies opt-outs and deletions
 * (docs/decisions/0013-rulings.md, ruling 1). A sync that is inactive or already running gets no run.
 */
public sealed interface Admission {

    /** The sync may do what it asks. */
    record Admitted() implements Admission {}

    /** The sync may not; the message names the limit, its figures and the way out. */
    record Refused(String message) implements Admission {}

    /**
     * The sync may do it later; nothing is lost (B62).
     *
     * @param message the limit, its figures, and when the run follows
     * @param until the period after which the run follows
     */
    record Deferred(String message, Period until) implements Admission {}

    /** Nothing happens and nothing is stored: a trigger fired for a sync that is not active any more. */
    record Skipped(String message) implements Admission {}

    /** The period in which a limit counts. */
    enum Period {
        DAY,
        MONTH
    }
}
