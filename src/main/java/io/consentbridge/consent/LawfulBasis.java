package io.consentbridge.consent;

import java.util.Arrays;
import java.util.Optional;

/**
 * The six lawful bases on which a person's data may be processed (B3, B4; docs/decisions/0013-rulings.md, ruling 7).
 */
public enum LawfulBasis {
    CONSENT("consent"),
    CONTRACT("contract"),
    LEGITIMATE_INTEREST("legitimate-interest"),
    LEGAL_OBLIGATION("legal-obligation"),
    VITAL_INTEREST("vital-interest"),
    PUBLIC_TASK("public-task");

    private final String word;

    LawfulBasis(String word) {
        this.word = word;
    }

    /** The word used in configuration, screens and documents. */
    public String word() {
        return word;
    }

    /** The basis with that word; empty if there is none. */
    public static Optional<LawfulBasis> of(String word) {
        return Arrays.stream(values()).filter(basis -> basis.word.equals(word)).findFirst();
    }
}
