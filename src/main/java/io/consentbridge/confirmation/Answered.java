package io.consentbridge.confirmation;

/** What became of a click. */
public sealed interface Answered {

    /** It counts, and the state is stored. */
    record Done(OpenRequest request) implements Answered {}

    /** The request was answered before; its state says how. Nothing changed. */
    record AlreadyDone(OpenRequest request) implements Answered {}

    /** The time to answer is over, or the person must not be mailed. Nothing changed. */
    record Expired(OpenRequest request) implements Answered {}

    /** Address or wording changed since the mail, so that the link confirms nothing any more. Nothing changed. */
    record Replaced(OpenRequest request) implements Answered {}

    /** No request has this token. */
    record Unknown() implements Answered {}
}
