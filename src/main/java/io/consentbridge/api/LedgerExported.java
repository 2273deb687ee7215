package io.consentbridge.api;

/**
 * An export of the ledger.
 *
 * @param folder where it lies
 * @param entries how many entries it holds
 * @param root the root over them, in base64
 */
public record LedgerExported(String folder, long entries, String root) {}
