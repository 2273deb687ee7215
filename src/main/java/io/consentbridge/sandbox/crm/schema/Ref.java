package io.consentbridge.sandbox.crm.schema;

/** A lookup's value: the record it points to. */
public record Ref(long id, String name) {}
