package io.consentbridge.zoho;

/** The answer of a seam, together with the question. */
public interface Answer {

    /** The question object itself, not a copy. */
    Object question();
}
