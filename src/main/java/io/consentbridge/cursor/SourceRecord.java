package io.consentbridge.cursor;

import io.consentbridge.consent.Decision;
import io.consentbridge.consent.Person;
import java.time.Instant;
import java.util.Optional;

/**
 * The person for whom a record of a sync stood when it was last read, and what was decided.
 *
 * @param recordId the CRM record
 * @param person the person for whom it stood; while its address cannot be used, the person for whom it stood before; empty
 *     when there was none
 * @param modified its {@code Modified_Time} at that reading
 * @param settled whether that second was over for good when the record was read; if not, the record may have changed again
 *     without another {@code Modified_Time}
 * @param decision word of the decision
 * @param evidence the evidence as JSON; empty when none was read
 * @param says what it says about consent, a word of {@link io.consentbridge.consent.Lapse}; empty when that was not read
 */
public record SourceRecord(
        String recordId,
        Optional<Person> person,
        Instant modified,
        boolean settled,
        String decision,
        Optional<String> evidence,
        Optional<String> says) {

    /** A record whose statement about consent was not read. */
    public SourceRecord(
            String recordId,
            Optional<Person> person,
            Instant modified,
            boolean settled,
            String decision,
            Optional<String> evidence) {
        this(recordId, person, modified, settled, decision, evidence, Optional.empty());
    }

    /** The decision on a record that left the selection. */
    public static final String UNMATCHED = "unmatched";

    /** The decision on a record that is no candidate: its address cannot be used, or it is a lead that was converted. */
    public static final String IGNORED = Decision.IGNORE;

    /** The same record after it left the selection; the next reading looks at it whatever its {@code Modified_Time} is. */
    public SourceRecord leftSelection() {
        return new SourceRecord(recordId, person, modified, false, UNMATCHED, evidence, says);
    }

    /** Whether the person is on the list because of this record. */
    public boolean delivers() {
        return decision.equals(Decision.DELIVER) || decision.equals(Decision.DELIVER_AS_EXPRESSED);
    }

    /** Whether the record counts in what is decided about its person. */
    public boolean counts() {
        return !decision.equals(UNMATCHED) && !decision.equals(IGNORED);
    }

    /** Whether a record with that {@code Modified_Time} is certain to say the same as this one. */
    public boolean stillHolds(Instant nowModified) {
        return settled && modified.equals(nowModified);
    }
}
