package io.consentbridge.sandbox.campaigns;

/** What people may follow, whatever the list. */
public record Topic(String id, String name, String description) {}
