package io.consentbridge.config;

/** The result of reading the configuration: a valid {@link Configuration}, or all {@link Problems} at once. */
public sealed interface Loaded permits Configuration, Problems {}
