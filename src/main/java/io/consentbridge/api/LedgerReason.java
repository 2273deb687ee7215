package io.consentbridge.api;

/** Requests that the alarm of the ledger ends; the reason becomes an entry. */
public record LedgerReason(String because) {}
