package io.consentbridge.confirmation;

/** Why a trial of asking was not begun; the message is for the operator and names no address. */
public final class UnfitTrial extends RuntimeException {

    UnfitTrial(String message) {
        super(message);
    }
}
