package io.consentbridge.run;

import io.consentbridge.consent.Person;
import io.consentbridge.sync.Outcome;
import java.util.Optional;

/**
 * What became of one record in a run (B69).
 *
 * @param recordId the CRM record
 * @param person whom it stood for; empty when its address could not be used
 * @param decision word of the decision
 * @param outcome what became of it
 * @param detail more about it, in a few words without personal data; empty when there is none
 */
public record RecordOutcome(
        String recordId, Optional<Person> person, String decision, Outcome outcome, Optional<String> detail) {}
