package io.consentbridge.crm;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;

/**
 * A row of a CRM module as a page brought it.
 *
 * @param id its id, a text of digits
 * @param modified its {@code Modified_Time}, whole seconds
 * @param values API name, dotted for a field of another module, to value as JSON has it: text, number, boolean, list,
 *     map or null
 */
public record CrmRecord(String id, Instant modified, Map<String, Object> values) {

    public CrmRecord {
        values = Collections.unmodifiableMap(values);
    }

    /** The field as text; null when it is absent or null. */
    public String text(String apiName) {
        Object value = values.get(apiName);
        return value == null ? null : value.toString();
    }

    /** Whether an id comes after another in the order in which the CRM gives them: both are numbers. */
    static boolean follows(String id, String before) {
        return id.length() != before.length() ? id.length() > before.length() : id.compareTo(before) > 0;
    }

    @Override
    public String toString() {
        return "record " + id;
    }
}
