package io.consentbridge.consent;

/** What a CRM record says of the lawful basis, after its literal was read (crm-api §7.3; ruling 7). */
public sealed interface RecordedBasis {

    /** Nothing, or "Not Applicable": no basis stated. */
    record NotStated() implements RecordedBasis {}

    /** One of the five bases that are not consent. */
    record NotConsent(LawfulBasis basis) implements RecordedBasis {}

    /** Consent that was given. */
    record Obtained() implements RecordedBasis {}

    /** Consent that was not given, or not yet: pending, waiting, not responded. */
    record Unanswered(String word) implements RecordedBasis {}

    /** A refusal, or processing stopped. */
    record Refused(String word) implements RecordedBasis {}

    /** A word that nobody taught us; it never counts as consent. */
    record Unknown(String word) implements RecordedBasis {}
}
