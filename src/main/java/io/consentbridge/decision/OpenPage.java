package io.consentbridge.decision;

import io.consentbridge.audience.Member;
import io.consentbridge.consent.ConsentTerms;
import io.consentbridge.consent.Person;
import io.consentbridge.crm.CrmPage;
import io.consentbridge.cursor.Checkpoint;
import io.consentbridge.mapping.ContactMapper;
import io.consentbridge.outbox.RefusedAddress;
import io.consentbridge.run.ActiveRun;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;

/**
 * A page of records that is being decided, with what is known of its people.
 *
 * @param run the run that reads it
 * @param place where its records are decided
 * @param selected the page as it was handed to the run
 * @param known what the connector knows of them
 * @param asked what is known of its people on the confirmation list
 * @param terms what purpose and sync say about consent
 * @param mapper writes a record as a contact
 * @param decisions the decisions on its records
 */
public record OpenPage(
        ActiveRun run,
        DecisionEvents.Place place,
        SelectedPage selected,
        KnownState known,
        Map<Person, Member> asked,
        ConsentTerms terms,
        ContactMapper mapper,
        PageDecisions decisions) {

    public static final String VARIABLE = "page";

    /** The records. */
    CrmPage page() {
        return selected.page();
    }

    /** The position to which the page brings the sync's reading. */
    Optional<Checkpoint> progress() {
        return selected.progress();
    }

    /** The date by Zoho's clock, in the connection's zone, when the page was read. */
    LocalDate today() {
        return LocalDate.ofInstant(page().readAt(), run.connection().zone());
    }

    /** What is known of the person on the purpose's list. */
    Optional<Member> member(Person person) {
        return Optional.ofNullable(known.members().get(person));
    }

    /** What is known of Campaigns' refusal of the person's address; empty when Campaigns accepts it. */
    Optional<RefusedAddress> refusedAddress(Person person) {
        return Optional.ofNullable(known.refusedAddresses().get(person));
    }

    /** Whether the person confirmed the present wording when they were asked, and that is valid when the page was read. */
    public boolean isConfirmed(Person person) {
        return known.request(person).confirmedOn(today());
    }

    /** Whether the person was sent a request for consent before. */
    boolean wasAsked(Person person) {
        return asked.containsKey(person) && !asked.get(person).onlyUnsure();
    }

    // Identity, because Camel hashes a body each time an expression such as ${body.name} reads it (the instance is part
    // of its BeanInfoCacheKey); a hash of the values would walk through all of them for each record.
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    @Override
    public String toString() {
        return "page of " + page().records().size() + " records";
    }
}
