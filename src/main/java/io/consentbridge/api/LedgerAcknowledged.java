package io.consentbridge.api;

/** The alarm of the ledger that ended: what did not fit. */
public record LedgerAcknowledged(String alarm) {}
