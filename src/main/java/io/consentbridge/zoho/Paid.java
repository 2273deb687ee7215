package io.consentbridge.zoho;

/** A question whose calls are paid for. */
public interface Paid {

    /** What pays for each of its calls; never null. */
    Payment payment();
}
