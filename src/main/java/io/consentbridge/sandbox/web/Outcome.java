package io.consentbridge.sandbox.web;

/** How a call ends on the wire. */
public sealed interface Outcome {

    /** The reply is sent unchanged. */
    record Answered(Reply reply) implements Outcome {}

    /** The reply breaks off in the middle. */
    record Truncated(Reply reply) implements Outcome {}

    /** The reply comes byte by byte, with a pause before each. */
    record Dripped(Reply reply, long pauseMillis) implements Outcome {}

    /** That many bytes of blanks, compressed or not, in the middle of a document. */
    record Huge(long bytes, boolean packed) implements Outcome {}

    /** The connection is closed without a reply. */
    record Dropped() implements Outcome {}
}
