package io.consentbridge.sync;

/** What the limits say to a sync that asks. */
public sealed interface Admission {

    /** Go ahead. */
    record Admitted() implements Admission {}

    /** No; the message names the rule, its figures and the way out. */
    record Refused(String message) implements Admission {}

    /** Not now, at the next due time; nothing is lost (B62). */
    record Deferred(String message) implements Admission {}
}
