package io.consentbridge.zoho;

/** What a seam answers, with what it was asked. */
public interface Answer {

    /** The very question. */
    Object question();
}
