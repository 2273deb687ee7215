package io.consentbridge.config;

/** What reading the configuration gave: a whole {@link Configuration}, or all {@link Problems} at once. */
public sealed interface Loaded permits Configuration, Problems {}
