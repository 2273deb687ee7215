package io.consentbridge.crm;

import java.time.Instant;

/**
 * The position up to which a module was read: the last record in the order of {@code (Modified_Time, id)}.
 *
 * @param modified the record's {@code Modified_Time}
 * @param id its id; empty to read every record of that second again
 */
public record Cursor(Instant modified, String id) {

    /** Whether all records of that second are still to be read. */
    public boolean isBefore(Instant second) {
        return second.isAfter(modified) || second.equals(modified) && id.isEmpty();
    }
}
