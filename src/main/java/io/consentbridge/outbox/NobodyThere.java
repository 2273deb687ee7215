package io.consentbridge.outbox;

/** Says that a person was to leave a list that Campaigns does not have: nobody is on it, and nothing was sent. */
final class NobodyThere extends RuntimeException {

    private static final long serialVersionUID = 1;

    NobodyThere(String list) {
        super("Campaigns has no mailing list \"" + list + "\", so nobody is on it");
    }
}
