package io.consentbridge.sandbox.crm.store;

/** A deleted record (CRM notes, section 4); a permanent deletion has no name. */
public record Deletion(long id, String name, long at, boolean permanent) {}
