package io.consentbridge.api;

/**
 * The text of a sync's file, with which it is made or changed.
 *
 * @param from the file that it comes from, as the person knows it; problems name it
 * @param text YAML
 */
public record SyncSource(String from, String text) {}
