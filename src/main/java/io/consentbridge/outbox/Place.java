package io.consentbridge.outbox;

/**
 * A person's place on a list, of which there is one.
 *
 * @param listId row of the list
 * @param person the address, trimmed, in lower case
 */
record Place(long listId, String person) {}
