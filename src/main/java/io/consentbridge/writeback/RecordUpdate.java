package io.consentbridge.writeback;

import io.consentbridge.consent.ConsentBreach;
import io.consentbridge.consent.Person;
import io.consentbridge.consent.RefusalFields;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is to be written into one CRM record.
 *
 * @param connection name of the connection
 * @param module API name of the module
 * @param recordId id of the record
 * @param person whom it is about: a record that carries another address by then is not written. Empty if it is about the record
 *     and no person.
 * @param fields API name of the CRM field to its value, at least one: a text, a number, a yes or no, or a time. A time becomes what
 *     the type of the field needs when it is written. May be personal data.
 * @param because why, for screens and history; without personal data
 */
public record RecordUpdate(
        String connection,
        String module,
        String recordId,
        Optional<Person> person,
        Map<String, Object> fields,
        String because) {

    /** An update about a record and no person; any address of the record will do. */
    public RecordUpdate(String connection, String module, String recordId, Map<String, Object> fields, String because) {
        this(connection, module, recordId, Optional.empty(), fields, because);
    }

    /**
     * @throws ConsentBreach if a field is one by which people refuse mail or are identified, other than an opt-out that is set
     * @throws IllegalArgumentException if there is no field, or a value is of another kind
     */
    public RecordUpdate {
        if (fields.isEmpty()) {
            throw new IllegalArgumentException("an update of record " + recordId + " names no field");
        }
        fields.forEach(RecordUpdate::require);
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    private static void require(String field, Object value) {
        if (field.equals("id") || !RefusalFields.mayBecome(field, value)) {
            throw new ConsentBreach("the field " + field + " of a CRM record is never written like that");
        }
        boolean known = value instanceof String
                || value instanceof Boolean
                || value instanceof Instant
                || value instanceof Integer
                || value instanceof Long;
        if (!known) {
            throw new IllegalArgumentException(
                    "the field " + field + " is to become a value of a kind that is not written");
        }
    }

    /** Without the values, which may be personal data. */
    @Override
    public String toString() {
        return "update of " + fields.keySet() + " in record " + recordId + " of " + module;
    }
}
