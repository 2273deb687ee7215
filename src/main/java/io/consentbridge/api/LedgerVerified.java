package io.consentbridge.api;

/**
 * What the verification of the ledger found.
 *
 * @param sound whether everything fits
 * @param because the first thing that does not fit; null if everything does
 * @param entries how many entries were verified; 0 if something does not fit
 * @param root the root over them, in base64; null if something does not fit
 * @param checkpoints how many checkpoints of the ledger were verified
 * @param outside how many checkpoints from outside were compared
 */
public record LedgerVerified(boolean sound, String because, long entries, String root, long checkpoints, int outside) {}
