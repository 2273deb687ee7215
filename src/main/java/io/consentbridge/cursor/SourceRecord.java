package io.consentbridge.cursor;

import io.consentbridge.consent.Decision;
import io.consentbridge.consent.Person;
import java.time.Instant;
import java.util.Optional;

/**
 * Which person a record of a sync stood for when it was last read, and what was decided.
 *
 * @param recordId the CRM record
 * @param person whom it stood for; while its address cannot be used, whom it stood for before; empty when there was none
 * @param modified its {@code Modified_Time} then
 * @param settled whether that second was over for good when the record was read; if not, it may have changed again without
 *     another {@code Modified_Time}
 * @param decision word of the decision
 * @param evidence the evidence as JSON; empty when none was read
 * @param says what it says of consent, a word of {@link io.consentbridge.consent.Lapse}; empty when that was not read
 */
public record SourceRecord(
        String recordId,
        Optional<Person> person,
        Instant modified,
        boolean settled,
        String decision,
        Optional<String> evidence,
        Optional<String> says) {

    /** A record of which it was not read what it says of consent. */
    public SourceRecord(
            String recordId,
            Optional<Person> person,
            Instant modified,
            boolean settled,
            String decision,
            Optional<String> evidence) {
        this(recordId, person, modified, settled, decision, evidence, Optional.empty());
    }

    /** What was decided of a record that left the selection. */
    public static final String UNMATCHED = "unmatched";

    /** What was decided of a record that is no candidate: its address cannot be used, or it is a lead that was converted. */
    public static final String IGNORED = Decision.IGNORE;

    /** The same record once it left the selection; what it says next time is looked at whatever its time. */
    public SourceRecord leftSelection() {
        return new SourceRecord(recordId, person, modified, false, UNMATCHED, evidence, says);
    }

    /** Whether the person is on the list because of this record. */
    public boolean delivers() {
        return decision.equals(Decision.DELIVER) || decision.equals(Decision.DELIVER_AS_EXPRESSED);
    }

    /** Whether the record has a say in what becomes of its person. */
    public boolean counts() {
        return !decision.equals(UNMATCHED) && !decision.equals(IGNORED);
    }

    /** Whether a record of that {@code Modified_Time} is certain to say what this one said. */
    public boolean stillHolds(Instant nowModified) {
        return settled && modified.equals(nowModified);
    }
}
