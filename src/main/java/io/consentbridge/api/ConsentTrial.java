package io.consentbridge.api;

/**
 * A request to try how a purpose asks.
 *
 * @param to an address of the operator's; it is not stored
 */
public record ConsentTrial(String purpose, String to) {

    /** Shows no address. */
    @Override
    public String toString() {
        return "trial of " + purpose;
    }
}
