package io.consentbridge.api;

/** The name of a purpose, in a request. */
public record PurposeName(String purpose) {}
