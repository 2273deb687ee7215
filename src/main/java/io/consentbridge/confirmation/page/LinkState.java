package io.consentbridge.confirmation.page;

/** What the link of a confirmation mail leads to. */
public enum LinkState {
    /** A request that waits for an answer. */
    OPEN,
    /** A request to which the person agreed. */
    CONFIRMED,
    /** A request that the person refused. */
    REFUSED,
    /** A request that was not answered in time. */
    EXPIRED,
    /** A request whose wording or address has changed since, or that another request follows. */
    REPLACED,
    /** No request: the link was cut or guessed, or what it belonged to was erased. */
    UNKNOWN
}
