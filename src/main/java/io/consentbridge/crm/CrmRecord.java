package io.consentbridge.crm;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A row of a CRM module, as read in a page.
 *
 * @param id its id, a text of digits
 * @param modified its {@code Modified_Time}, whole seconds
 * @param values API name, dotted for a field of another module, to JSON value: text, number, boolean, list, map or null
 */
public record CrmRecord(String id, Instant modified, Map<String, Object> values) {

    public CrmRecord {
        values = Collections.unmodifiableMap(values);
    }

    /** The field as text; null if it is absent or null. */
    public String text(String apiName) {
        Object value = values.get(apiName);
        return value == null ? null : value.toString();
    }

    /** The same record, in which these fields are empty. */
    public CrmRecord without(Collection<String> apiNames) {
        Map<String, Object> others = new LinkedHashMap<>(values);
        apiNames.forEach(name -> others.replace(name, null));
        return new CrmRecord(id, modified, others);
    }

    /** Whether an id follows another in the order of the CRM, in which ids are numbers. */
    static boolean follows(String id, String before) {
        return id.length() != before.length() ? id.length() > before.length() : id.compareTo(before) > 0;
    }

    @Override
    public String toString() {
        return "record " + id;
    }
}
