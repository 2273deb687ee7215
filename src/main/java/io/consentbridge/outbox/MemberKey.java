package io.consentbridge.outbox;

/**
 * A person's place on a list, of which there is one.
 *
 * @param listId row of the list
 * @param personId the person's number
 */
record MemberKey(long listId, long personId) {}
