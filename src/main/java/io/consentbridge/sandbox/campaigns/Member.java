package io.consentbridge.sandbox.campaigns;

/**
 * Somebody on one list.
 *
 * @param number the order of joining
 * @param bySelf true when the person left by their own hand
 * @param source the free text given at the subscription, or null
 */
record Member(Contact contact, Status status, boolean bySelf, long added, long number, String source) {

    Member with(Status newStatus, boolean ownHand) {
        return new Member(contact, newStatus, ownHand, added, number, source);
    }
}
