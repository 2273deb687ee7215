package io.consentbridge.confirmation;

import java.time.Instant;

/**
 * What is known of an answer beside the answer. Personal data: it is stored encrypted in the ledger only.
 *
 * @param at when the person clicked
 * @param language of the page; empty if none is known
 * @param userAgent as the browser gave it; empty for none
 * @param ip the address as far as it may be kept; empty for none
 */
public record AnswerEvidence(Instant at, String language, String userAgent, String ip) {

    @Override
    public String toString() {
        return "evidence of an answer";
    }
}
