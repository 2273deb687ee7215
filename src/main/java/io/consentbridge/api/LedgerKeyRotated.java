package io.consentbridge.api;

/**
 * The master key of the ledger was replaced.
 *
 * @param keys how many keys were wrapped anew under it
 */
public record LedgerKeyRotated(int keys) {}
