package io.consentbridge.decision;

import io.consentbridge.audience.Suppression;
import io.consentbridge.consent.AddressScreening;
import io.consentbridge.consent.ConsentFacts;
import io.consentbridge.consent.ConsentSetting;
import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.consent.Person;
import io.consentbridge.consent.RecordedBasis;
import io.consentbridge.consent.Screened;
import io.consentbridge.crm.CrmRecord;
import io.consentbridge.cursor.SourceRecord;
import io.consentbridge.outbox.TakenOff;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A record before its decision: what it says, and what is known of its person.
 *
 * @param record the record as the page brought it
 * @param page the page of the record
 * @param screened the result of screening its address
 * @param facts what it says about consent, with what the connector remembers
 * @param refusedBefore whether the remembered refusal was stated against an earlier address of the person
 * @param removed how we took the person off the list, when they are to stay off because of that; empty otherwise
 * @param comesBack whether we took the person off the list and may put them back
 */
public record Candidate(
        CrmRecord record,
        OpenPage page,
        Screened screened,
        ConsentFacts facts,
        boolean refusedBefore,
        Optional<TakenOff> removed,
        boolean comesBack) {

    /** A record whose person has nothing remembered yet. */
    public Candidate(CrmRecord record, OpenPage page, Screened screened, ConsentFacts facts) {
        this(record, page, screened, facts, false, Optional.empty(), false);
    }

    /** The person; empty when the address cannot be used. */
    public Optional<Person> person() {
        return screened instanceof Screened.Usable usable ? Optional.of(usable.person()) : Optional.empty();
    }

    /** Whether the decision depends on details that only the single record has (docs/consent.md, "Evidence"). */
    public boolean wantsEvidence() {
        return screened instanceof Screened.Usable
                && page.terms().readsDetails()
                && page.terms()
                        .setting()
                        .filter(ConsentSetting.EXPRESSED::equals)
                        .isPresent()
                && facts.basis() instanceof RecordedBasis.Obtained
                && facts.evidence() == null
                && !facts.optedOut()
                && facts.remembered() == null;
    }

    /**
     * The people who must not be mailed if this record refuses mail, including those of addresses that cannot be written to.
     */
    public Set<Person> refusers() {
        Set<Person> refusers = new LinkedHashSet<>();
        standsFor().ifPresent(refusers::add);
        AddressScreening.refuser(record.text("Email")).ifPresent(refusers::add);
        return refusers;
    }

    /** Whether the refusal applies to another address of the person, and to no earlier one. */
    boolean refusedBesides() {
        return movedFrom().isEmpty()
                && person().map(person -> page.known().suppressions().getOrDefault(person, List.of())).stream()
                        .flatMap(List::stream)
                        .noneMatch(said -> said.origin().equals(Suppression.FORMER_ADDRESS));
    }

    /**
     * The other addresses of the record, if the sync considers them; never the one of the person for whom the record stands.
     */
    public Set<Person> besides() {
        if (!page.run().sync().heedsSecondaryAddresses()) {
            return Set.of();
        }
        Set<Person> besides = SecondAddresses.of(record, page.run());
        person().ifPresent(besides::remove);
        return besides;
    }

    /** Whether the page contained the record's lawful basis, with or without a value. */
    boolean basisRead() {
        return record.values().containsKey("Data_Processing_Basis");
    }

    /** What was known of the record when it was last read. */
    public Optional<SourceRecord> source() {
        return Optional.ofNullable(page.known().records().get(record.id()));
    }

    /** Whether the person of the record was erased; the record then says nothing about anybody. */
    boolean isErased() {
        return screened.equals(AddressScreening.ERASED);
    }

    /** Whether the record itself refuses mail, whatever else is known of the person. */
    public boolean refuses() {
        return facts.refuses();
    }

    public Candidate with(ConsentFacts learnt) {
        return new Candidate(record, page, screened, learnt, refusedBefore, removed, comesBack);
    }

    /** The same record, whose person must not be mailed because of an earlier address. */
    public Candidate refusedBefore(IgnoreReason reason) {
        return new Candidate(record, page, screened, facts.remembering(reason), true, removed, comesBack);
    }

    /** The same record, whose person stays off the list because we took them off. */
    public Candidate removed(TakenOff byUs) {
        return new Candidate(
                record, page, screened, facts.remembering(IgnoreReason.OTHER), refusedBefore, Optional.of(byUs), false);
    }

    /** The same record, whose person we took off the list and may put back. */
    public Candidate returning() {
        return new Candidate(record, page, screened, facts, refusedBefore, Optional.empty(), true);
    }

    /** The word for the lawful basis that is not known; empty when the record has none. */
    public Optional<String> unknownWord() {
        return Optional.ofNullable(facts.unknownWord());
    }

    /** The person for whom the record stood when it was last read; empty when it was the same person. */
    public Optional<Person> movedFrom() {
        return source().flatMap(SourceRecord::person)
                .filter(before -> person().filter(before::equals).isEmpty());
    }

    /** The person for whom the record stands; while its address cannot be used, the person for whom it stood before. */
    Optional<Person> standsFor() {
        return person().or(() -> source().flatMap(SourceRecord::person));
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
        return record.toString();
    }
}
