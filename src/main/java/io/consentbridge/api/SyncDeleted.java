package io.consentbridge.api;

/**
 * A deleted sync.
 *
 * @param sync its name
 * @param withdrawn subscriptions that it had decided, withdrawn before they were sent
 * @param leaving people whose removal from a list still waits on its behalf
 */
public record SyncDeleted(String sync, long withdrawn, long leaving) {}
