package io.consentbridge.api;

import java.util.List;

/**
 * What the verification of the ledger found.
 *
 * @param sound whether everything fits
 * @param because the first thing that does not fit; null if everything does
 * @param findings what does not fit, in the order in which it was found, at most 20; empty if everything does
 * @param more how many findings there are beside these
 * @param entries how many entries were verified; 0 if something does not fit
 * @param root the root over them, in base64; null if something does not fit
 * @param checkpoints how many checkpoints of the ledger were verified
 * @param outside how many checkpoints from outside were compared
 */
public record LedgerVerified(
        boolean sound,
        String because,
        List<String> findings,
        long more,
        long entries,
        String root,
        long checkpoints,
        int outside) {

    public LedgerVerified {
        findings = List.copyOf(findings);
    }
}
