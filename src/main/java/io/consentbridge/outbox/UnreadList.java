package io.consentbridge.outbox;

/** Somebody was to be subscribed to a list of which it is not known yet who left it; nothing was sent (B76). */
final class UnreadList extends RuntimeException {

    private static final long serialVersionUID = 1;

    UnreadList(String list) {
        super("the mailing list " + list + " was found in Campaigns, and it is read first who left it");
    }
}
