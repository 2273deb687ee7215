package io.consentbridge.consent;

import java.time.LocalDate;

/**
 * The facts about one person by which the consent policy decides.
 *
 * @param basis the lawful basis that the CRM record states
 * @param evidence the details of a consent; null if they were not read or there are none
 * @param optedOut whether the record says that the person opted out of e-mail (docs/zoho-notes.md, "CRM: opt-out")
 * @param converted whether the record is a lead that became a contact
 * @param remembered why the product remembers that the person must not be mailed; null if it remembers no reason
 * @param confirmed whether the person confirmed the present wording of the purpose when the product asked them, and that is
 *     still valid
 */
public record ConsentFacts(
        RecordedBasis basis,
        Evidence evidence,
        boolean optedOut,
        boolean converted,
        IgnoreReason remembered,
        boolean confirmed) {

    /** The facts about a person who confirmed nothing. */
    public ConsentFacts(
            RecordedBasis basis, Evidence evidence, boolean optedOut, boolean converted, IgnoreReason remembered) {
        this(basis, evidence, optedOut, converted, remembered, false);
    }

    /** The facts on a day, on which a consent may have ended or not yet begun, as its details say. */
    public ConsentFacts on(LocalDate today) {
        boolean lapsed = basis instanceof RecordedBasis.Obtained && evidence != null && !evidence.holdsOn(today);
        return lapsed
                ? new ConsentFacts(new RecordedBasis.Lapsed(), evidence, optedOut, converted, remembered, confirmed)
                : this;
    }

    /** The unknown word for the lawful basis; null if the record itself has none. */
    public String unknownWord() {
        return basis instanceof RecordedBasis.Unknown unknown && !unknown.word().isEmpty() ? unknown.word() : null;
    }

    /** The facts if another record of the person has an unknown word; a refusal of this record stays. */
    public ConsentFacts unknownElsewhere() {
        return refuses() || basis instanceof RecordedBasis.Unknown
                ? this
                : new ConsentFacts(new RecordedBasis.Unknown(""), evidence, optedOut, converted, remembered, confirmed);
    }

    /** Whether the record itself refuses mail, whatever else is known of the person. */
    public boolean refuses() {
        return optedOut || basis instanceof RecordedBasis.Refused;
    }

    /** The facts after the details of the consent were read; a refusal or an unknown word in them is kept. */
    public ConsentFacts with(Evidence read, RecordedBasis stateInDetails) {
        boolean saysMore = basis instanceof RecordedBasis.Obtained
                ? !(stateInDetails instanceof RecordedBasis.NotStated)
                : stateInDetails instanceof RecordedBasis.Refused
                        || stateInDetails instanceof RecordedBasis.Unknown && !(basis instanceof RecordedBasis.Refused);
        return new ConsentFacts(saysMore ? stateInDetails : basis, read, optedOut, converted, remembered, confirmed);
    }

    /** The facts as if the lead had not become a contact: its consent still counts for members of a list. */
    public ConsentFacts beforeConversion() {
        return new ConsentFacts(basis, evidence, optedOut, false, remembered, confirmed);
    }

    /** The facts with the reason that the product remembers; null for none. */
    public ConsentFacts remembering(IgnoreReason reason) {
        return new ConsentFacts(basis, evidence, optedOut, converted, reason, confirmed);
    }

    /** The facts if the person confirmed, or did not. */
    public ConsentFacts confirmed(boolean theyDid) {
        return new ConsentFacts(basis, evidence, optedOut, converted, remembered, theyDid);
    }
}
