package io.consentbridge.api;

import java.util.List;

/**
 * Requests a verification of the ledger.
 *
 * @param outside signed checkpoints that were kept outside, as notes; the ledger must agree with each
 */
public record LedgerCheck(List<String> outside) {

    public LedgerCheck {
        outside = outside == null ? List.of() : List.copyOf(outside);
    }
}
