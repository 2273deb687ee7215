package io.consentbridge.person;

/**
 * A record of the CRM that stands or stood for a person.
 *
 * @param connection name of the connection; empty when the sync that read it is gone
 * @param id the record's id, which is one of its connection
 */
record KnownRecord(String connection, String id) {}
