package io.consentbridge.sandbox.crm.schema;

/** A user of the CRM, as owner and author of records. */
public record User(long id, String name, String email) {}
