package io.consentbridge.sandbox.crm.store;

/** A deleted record (docs/zoho-notes.md, "CRM: deleted records"); a permanent deletion has no name. */
public record Deletion(long id, String name, long at, boolean permanent) {}
