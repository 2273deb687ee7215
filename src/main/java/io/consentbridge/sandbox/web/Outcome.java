package io.consentbridge.sandbox.web;

/** How a call ends on the wire. */
public sealed interface Outcome {

    /** The reply goes out as it is. */
    record Answered(Reply reply) implements Outcome {}

    /** The reply breaks off in the middle. */
    record Truncated(Reply reply) implements Outcome {}

    /** The reply comes byte by byte, with a pause before each. */
    record Dripped(Reply reply, long pauseMillis) implements Outcome {}

    /** So many bytes of blanks, packed or as they are, in the middle of a document. */
    record Huge(long bytes, boolean packed) implements Outcome {}

    /** The connection is closed without a word. */
    record Dropped() implements Outcome {}
}
