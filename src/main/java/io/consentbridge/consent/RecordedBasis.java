package io.consentbridge.consent;

/**
 * The lawful basis that a CRM record states, after its word was interpreted (docs/zoho-notes.md, "CRM: lawful basis and
 * consent"; docs/decisions/0013-rulings.md, ruling 7).
 */
public sealed interface RecordedBasis {

    /** Nothing, or "Not Applicable": no basis stated. */
    record NotStated() implements RecordedBasis {}

    /** One of the five bases that are not consent. */
    record NotConsent(LawfulBasis basis) implements RecordedBasis {}

    /** Consent that was given. */
    record Obtained() implements RecordedBasis {}

    /** Consent that was given and has ended, or whose date is in the future, as its details say. */
    record Lapsed() implements RecordedBasis {}

    /** Consent that was not given, or not yet: pending, waiting, not responded. */
    record Unanswered(String word) implements RecordedBasis {}

    /** A refusal, or processing stopped. */
    record Refused(String word) implements RecordedBasis {}

    /**
     * A word that is neither Zoho's nor the organisation's own; it may be a refusal in another language. The word is empty
     * if another record of the person has it.
     */
    record Unknown(String word) implements RecordedBasis {}
}
