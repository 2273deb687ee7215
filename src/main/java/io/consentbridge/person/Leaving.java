package io.consentbridge.person;

/**
 * A removal that waits in the outbox or is on its way.
 *
 * @param connection name of the connection
 * @param list name of the list
 * @param action the word of the action: unsubscribe or do-not-mail
 */
public record Leaving(String connection, String list, String action) {}
