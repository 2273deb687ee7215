package io.consentbridge.sandbox.web;

/** How a call ends on the wire. */
public sealed interface Outcome {

    /** The reply goes out as it is. */
    record Answered(Reply reply) implements Outcome {}

    /** The reply breaks off in the middle. */
    record Truncated(Reply reply) implements Outcome {}

    /** The connection is closed without a word. */
    record Dropped() implements Outcome {}
}
