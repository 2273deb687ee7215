package io.consentbridge.sandbox.campaigns;

/** A topic that people may follow, whatever the list. */
public record Topic(String id, String name, String description) {}
