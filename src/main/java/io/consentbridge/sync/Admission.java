package io.consentbridge.sync;

/**
 * What the limits say to a sync that asks. Whatever they say, its opt-outs and deletions are carried over: no limit
 * holds these back (docs/decisions/0013-rulings.md, ruling 1).
 */
public sealed interface Admission {

    /** Go ahead. */
    record Admitted() implements Admission {}

    /** No; the message names the rule, its figures and the way out. */
    record Refused(String message) implements Admission {}

    /**
     * Not now; nothing is lost (B62).
     *
     * @param message the rule, its figures, and when the run follows
     * @param until whose end the run waits for
     */
    record Deferred(String message, Period until) implements Admission {}

    /** Nothing happens and nothing is written down: a trigger fired for a sync that does not run by itself any more. */
    record Skipped(String message) implements Admission {}

    /** What a rule counts in. */
    enum Period {
        DAY,
        MONTH
    }
}
