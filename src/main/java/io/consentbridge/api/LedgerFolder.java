package io.consentbridge.api;

/** Requests an export of the ledger into an absolute folder on the runtime's machine, which is empty or absent. */
public record LedgerFolder(String folder) {}
