package io.consentbridge.consent;

import java.time.LocalDate;

/**
 * What is known of one person when the consent policy is asked.
 *
 * @param basis what the CRM record says of the lawful basis
 * @param evidence the details of a consent; null when they were not read or there are none
 * @param optedOut whether the record says that the person opted out of e-mail (docs/zoho-notes.md, "CRM: opt-out")
 * @param converted whether the record is a lead that became a contact
 * @param remembered why the connector remembers that the person must not be mailed; null when it remembers nothing
 */
public record ConsentFacts(
        RecordedBasis basis, Evidence evidence, boolean optedOut, boolean converted, IgnoreReason remembered) {

    /** The same person on that day, on which a consent may have ended or not yet begun, as its details say. */
    public ConsentFacts on(LocalDate today) {
        boolean lapsed = basis instanceof RecordedBasis.Obtained && evidence != null && !evidence.holdsOn(today);
        return lapsed ? new ConsentFacts(new RecordedBasis.Lapsed(), evidence, optedOut, converted, remembered) : this;
    }

    /** The word for the lawful basis that is not known; null when the record itself says none. */
    public String unknownWord() {
        return basis instanceof RecordedBasis.Unknown unknown && !unknown.word().isEmpty() ? unknown.word() : null;
    }

    /** The same person, of whom another record names a word that is not known; a refusal of the record itself stays. */
    public ConsentFacts unknownElsewhere() {
        return refuses() || basis instanceof RecordedBasis.Unknown
                ? this
                : new ConsentFacts(new RecordedBasis.Unknown(""), evidence, optedOut, converted, remembered);
    }

    /** Whether the record itself forbids mail, whatever else is known of the person. */
    public boolean refuses() {
        return optedOut || basis instanceof RecordedBasis.Refused;
    }

    /** The same person once the details of their consent were read; a refusal or an unknown word in them is not lost. */
    public ConsentFacts with(Evidence read, RecordedBasis stateInDetails) {
        boolean saysMore = basis instanceof RecordedBasis.Obtained
                ? !(stateInDetails instanceof RecordedBasis.NotStated)
                : stateInDetails instanceof RecordedBasis.Refused
                        || stateInDetails instanceof RecordedBasis.Unknown && !(basis instanceof RecordedBasis.Refused);
        return new ConsentFacts(saysMore ? stateInDetails : basis, read, optedOut, converted, remembered);
    }

    /** The same person as if the lead had not become a contact: what it says of consent holds for who is on a list. */
    public ConsentFacts beforeConversion() {
        return new ConsentFacts(basis, evidence, optedOut, false, remembered);
    }

    /** The same person with what the connector remembers of them; null for nothing. */
    public ConsentFacts remembering(IgnoreReason reason) {
        return new ConsentFacts(basis, evidence, optedOut, converted, reason);
    }
}
