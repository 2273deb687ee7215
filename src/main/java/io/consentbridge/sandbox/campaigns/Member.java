package io.consentbridge.sandbox.campaigns;

/**
 * A person on one list.
 *
 * @param number the order of joining
 * @param bySelf true when the person left by themselves
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

    /** Returns the same person, with the previous state on the list. */
    Member after(Member old) {
        return new Member(contact, status, bySelf, added, number, source, old == null ? null : old.status, changed);
    }
}
