package io.consentbridge.writeback;

import io.consentbridge.consent.Person;
import java.util.Map;
import java.util.Optional;

/**
 * An update that this process has claimed.
 *
 * @param id number of its row
 * @param recordId id of the CRM record
 * @param person whose record it must be; empty for anybody's
 * @param fields what is written, by the CRM's field
 * @param version which of the updates of the record it is
 * @param rounds failures of its own, one after another
 * @param alone whether it is claimed by itself
 */
record ClaimedUpdate(
        long id,
        String recordId,
        Optional<Person> person,
        Map<String, Object> fields,
        int version,
        int rounds,
        boolean alone) {

    /** The same, of a record that must be that person's. */
    ClaimedUpdate about(Person whose) {
        return new ClaimedUpdate(id, recordId, Optional.of(whose), fields, version, rounds, alone);
    }

    @Override
    public String toString() {
        return "update of record " + recordId;
    }
}
