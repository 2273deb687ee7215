package io.consentbridge.run;

import io.consentbridge.consent.ConsentTerms;
import io.consentbridge.crm.CrmPage;
import io.consentbridge.mapping.ContactMapper;

/**
 * A page of records that is being decided, with what is known of its people.
 *
 * @param run the run that reads it
 * @param page the records
 * @param known what the connector knows of them
 * @param terms what purpose and sync say of consent
 * @param mapper writes a record as a contact
 */
record OpenPage(ActiveRun run, CrmPage page, Knowledge known, ConsentTerms terms, ContactMapper mapper) {

    static final String VARIABLE = "page";

    @Override
    public String toString() {
        return "page of " + page.records().size() + " records";
    }
}
