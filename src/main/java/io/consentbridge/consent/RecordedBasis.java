package io.consentbridge.consent;

/**
 * What a CRM record says of the lawful basis, after its literal was read (docs/zoho-notes.md, "CRM: lawful basis and
 * consent"; docs/decisions/0013-rulings.md, ruling 7).
 */
public sealed interface RecordedBasis {

    /** Nothing, or "Not Applicable": no basis stated. */
    record NotStated() implements RecordedBasis {}

    /** One of the five bases that are not consent. */
    record NotConsent(LawfulBasis basis) implements RecordedBasis {}

    /** Consent that was given. */
    record Obtained() implements RecordedBasis {}

    /** Consent that was given and has ended, or whose date lies ahead; its details say so. */
    record Lapsed() implements RecordedBasis {}

    /** Consent that was not given, or not yet: pending, waiting, not responded. */
    record Unanswered(String word) implements RecordedBasis {}

    /** A refusal, or processing stopped. */
    record Refused(String word) implements RecordedBasis {}

    /** A word that is neither Zoho's nor the organisation's own; it may be a refusal in another language. Empty when
     * another record of the person names it. */
    record Unknown(String word) implements RecordedBasis {}
}
