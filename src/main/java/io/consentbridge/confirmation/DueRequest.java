package io.consentbridge.confirmation;

import io.consentbridge.consent.Person;

/**
 * A request whose mail was claimed: it may be sent once, and never again under this claim.
 *
 * @param id number of the request
 * @param connection name of the connection
 * @param purpose name of the purpose
 * @param person who is asked
 * @param language of the wording, as a BCP 47 tag; empty if the purpose names none
 * @param statement the wording
 * @param statementVersion its version
 * @param address to which the mail goes, as the CRM has it; personal data
 * @param reminder whether the person was asked before and is reminded now
 */
public record DueRequest(
        long id,
        String connection,
        String purpose,
        Person person,
        String language,
        String statement,
        String statementVersion,
        String address,
        boolean reminder) {

    @Override
    public String toString() {
        return "request " + id;
    }
}
