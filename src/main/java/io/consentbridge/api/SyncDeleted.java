package io.consentbridge.api;

/**
 * A sync that was deleted.
 *
 * @param sync its name
 * @param withdrawn subscriptions that it had decided, and that were taken back before they were sent
 * @param leaving people who are still to leave a list in its name
 */
public record SyncDeleted(String sync, long withdrawn, long leaving) {}
