package io.consentbridge.outbox;

/**
 * The key of a member: a person on a list.
 *
 * @param listId row of the list
 * @param personId the person's number
 */
record MemberKey(long listId, long personId) {}
