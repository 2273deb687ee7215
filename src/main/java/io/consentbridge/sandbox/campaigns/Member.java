package io.consentbridge.sandbox.campaigns;

/**
 * Somebody on one list.
 *
 * @param number the order of joining
 * @param bySelf true when the person left by their own hand
 * @param source the free text given at the subscription, or null
 * @param before the status before the last change of it, or null for none
 * @param changed when the status last changed, in milliseconds
 */
record Member(
        Contact contact,
        Status status,
        boolean bySelf,
        long added,
        long number,
        String source,
        Status before,
        long changed) {

    Member with(Status newStatus, boolean ownHand, long now) {
        boolean same = newStatus == status;
        return new Member(
                contact, newStatus, ownHand, added, number, source, same ? before : status, same ? changed : now);
    }

    /** The same person, who was that on the list until now. */
    Member after(Member old) {
        return new Member(contact, status, bySelf, added, number, source, old == null ? null : old.status, changed);
    }
}
