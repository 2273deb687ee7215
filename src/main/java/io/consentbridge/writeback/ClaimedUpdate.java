package io.consentbridge.writeback;

import java.util.Map;

/**
 * An update that this process has claimed.
 *
 * @param id number of its row
 * @param recordId id of the CRM record
 * @param fields what is written, by the CRM's field
 * @param version which of the updates of the record it is
 * @param rounds failures of its own, one after another
 * @param alone whether it is claimed by itself
 */
record ClaimedUpdate(long id, String recordId, Map<String, Object> fields, int version, int rounds, boolean alone) {

    @Override
    public String toString() {
        return "update of record " + recordId;
    }
}
