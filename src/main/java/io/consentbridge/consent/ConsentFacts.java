package io.consentbridge.consent;

/**
 * What is known of one person when the consent policy is asked.
 *
 * @param basis what the CRM record says of the lawful basis
 * @param evidence the details of a consent; null when they were not read or there are none
 * @param optedOut whether the record says that the person opted out of e-mail (crm-api §7.2)
 * @param converted whether the record is a lead that became a contact
 * @param remembered why the connector remembers that the person must not be mailed; null when it remembers nothing
 */
public record ConsentFacts(
        RecordedBasis basis, Evidence evidence, boolean optedOut, boolean converted, IgnoreReason remembered) {

    /** Whether the record itself forbids mail, whatever else is known of the person. */
    public boolean refuses() {
        return optedOut || basis instanceof RecordedBasis.Refused;
    }

    /** The same person once the details of their consent were read; a refusal in them is not lost. */
    public ConsentFacts with(Evidence read, RecordedBasis stateInDetails) {
        boolean saysMore = basis instanceof RecordedBasis.Obtained
                ? !(stateInDetails instanceof RecordedBasis.NotStated)
                : stateInDetails instanceof RecordedBasis.Refused;
        return new ConsentFacts(saysMore ? stateInDetails : basis, read, optedOut, converted, remembered);
    }

    /** The same person with what the connector remembers of them; null for nothing. */
    public ConsentFacts remembering(IgnoreReason reason) {
        return new ConsentFacts(basis, evidence, optedOut, converted, reason);
    }
}
