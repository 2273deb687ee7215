package io.consentbridge.api;

/**
 * A request to try how a purpose asks.
 *
 * @param to an address of the operator's; it is not stored
 * @param connection where Campaigns asks; null for the one whose syncs have the purpose
 */
public record ConsentTrial(String purpose, String to, String connection) {

    /** With the connection whose syncs have the purpose. */
    public ConsentTrial(String purpose, String to) {
        this(purpose, to, null);
    }

    /** Shows no address. */
    @Override
    public String toString() {
        return "trial of " + purpose;
    }
}
