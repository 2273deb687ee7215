package io.consentbridge.outbox;

/** Says that a person was to be subscribed to a list whose leavers are not known yet; nothing was sent (B76). */
final class UnreadList extends RuntimeException {

    private static final long serialVersionUID = 1;

    UnreadList(String list) {
        super("the mailing list " + list + " was found in Campaigns; the people who left it are read first");
    }
}
