package io.consentbridge.api;

/**
 * The text of a sync's file, from which the sync is created or changed.
 *
 * @param from the file of the text, as the user knows it; problems name it
 * @param text YAML
 */
public record SyncSource(String from, String text) {}
