package io.consentbridge.run;

import io.consentbridge.consent.Person;
import io.consentbridge.sync.Outcome;
import java.util.Optional;

/**
 * The outcome of one record in a run (B69).
 *
 * @param recordId the CRM record
 * @param person the person for whom it stood; empty when its address could not be used
 * @param decision word of the decision
 * @param outcome the outcome
 * @param detail a few more words without personal data; empty when there are none
 * @param unusable the address as the CRM has it, when it stands for nobody; empty when it stands for somebody, or when there
 *     is none
 * @param unknownWord the unknown word for the lawful basis that the record names; empty when it names none
 */
public record RecordOutcome(
        String recordId,
        Optional<Person> person,
        String decision,
        Outcome outcome,
        Optional<String> detail,
        Optional<String> unusable,
        Optional<String> unknownWord) {

    /** The outcome of a record with an address that could be used, or with none. */
    public RecordOutcome(
            String recordId, Optional<Person> person, String decision, Outcome outcome, Optional<String> detail) {
        this(recordId, person, decision, outcome, detail, Optional.empty(), Optional.empty());
    }

    /** The address behind the record; empty when it has none. */
    public Optional<String> address() {
        return person.map(Person::address).or(() -> unusable);
    }

    /** Shows no address. */
    @Override
    public String toString() {
        return recordId + " " + outcome.word();
    }
}
