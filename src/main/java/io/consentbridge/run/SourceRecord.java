package io.consentbridge.run;

import io.consentbridge.consent.Person;
import java.time.Instant;
import java.util.Optional;

/**
 * Which person a record of a sync stood for when it was last read, and what was decided.
 *
 * @param recordId the CRM record
 * @param person whom it stood for; empty when its address could not be used
 * @param modified its {@code Modified_Time} then
 * @param settled whether that second was over for good when the record was read; if not, it may have changed again without
 *     another {@code Modified_Time}
 * @param decision word of the decision
 * @param evidence the evidence as JSON; empty when none was read
 */
public record SourceRecord(
        String recordId,
        Optional<Person> person,
        Instant modified,
        boolean settled,
        String decision,
        Optional<String> evidence) {

    /** Whether a record of that {@code Modified_Time} is certain to say what this one said. */
    boolean stillHolds(Instant nowModified) {
        return settled && modified.equals(nowModified);
    }
}
