package io.consentbridge.decision;

import io.consentbridge.consent.Decision;

/**
 * A candidate with its decision.
 *
 * @param candidate the record
 * @param decision what the consent policy decided
 */
public record Decided(Candidate candidate, Decision decision) {

    /** The decision's word, such as {@code deliver}. */
    public String word() {
        return decision.word();
    }

    @Override
    public String toString() {
        return candidate + " " + word();
    }
}
