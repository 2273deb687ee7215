package io.consentbridge.run;

import io.consentbridge.consent.Person;
import java.time.Instant;
import java.util.Optional;

/**
 * What was decided about a person for a purpose, and on what evidence.
 *
 * @param person the person
 * @param connection name of the connection
 * @param purpose name of the purpose
 * @param statementVersion hash of what people were told
 * @param sync name of the sync
 * @param recordId the CRM record
 * @param runId the run
 * @param decision word of the decision
 * @param why the reason of the decision in words
 * @param evidence the evidence as JSON; empty when none was read
 * @param recordedAt when the entry was written
 */
public record LedgerEntry(
        Person person,
        String connection,
        String purpose,
        String statementVersion,
        String sync,
        String recordId,
        String runId,
        String decision,
        String why,
        Optional<String> evidence,
        Instant recordedAt) {}
