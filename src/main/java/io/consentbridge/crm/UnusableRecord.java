package io.consentbridge.crm;

import java.time.Instant;
import java.util.Map;

/**
 * A row of a CRM module that cannot be used, because one of its values is missing or of the wrong kind. Only that record is
 * affected: the others of its page are read.
 *
 * @param id its id; a substitute text if the id itself is unusable
 * @param field API name of the unusable field
 * @param values API name to JSON value; personal data
 */
public record UnusableRecord(String id, String field, Map<String, Object> values) {

    /** The row as a record without a time, for refusals, which count at any time; empty if more than the time is wrong. */
    CrmRecord timeless() {
        return new CrmRecord(id, Instant.EPOCH, values);
    }

    /** Shows no value. */
    @Override
    public String toString() {
        return "record " + id + " without a usable " + field;
    }
}
