package io.consentbridge.crm;

import java.time.Instant;
import java.util.Map;

/**
 * A row of a CRM module that cannot be used, because one of its values is missing or of the wrong kind. It is that record's
 * problem: the others of its page are read all the same.
 *
 * @param id its id; a text that stands for the row where its id is the one that cannot be used
 * @param field API name of the field that cannot be used
 * @param values API name to value as JSON has it; personal data
 */
public record UnusableRecord(String id, String field, Map<String, Object> values) {

    /** As a record without a time, for what it says whatever its time; only where the time is what is wrong. */
    CrmRecord timeless() {
        return new CrmRecord(id, Instant.EPOCH, values);
    }

    /** Shows no value. */
    @Override
    public String toString() {
        return "record " + id + " without a usable " + field;
    }
}
