package io.consentbridge.ledger;

/** The ledger cannot be used as it is; the message says why, and what to do. */
public final class LedgerFault extends RuntimeException {

    public LedgerFault(String message) {
        super(message);
    }
}
