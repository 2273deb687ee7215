package io.consentbridge.writeback;

import io.consentbridge.consent.Person;
import io.consentbridge.consent.RefusalFields;
import io.consentbridge.crm.CrmFields;
import io.consentbridge.crm.CrmReader;
import io.consentbridge.crm.CrmRecord;
import io.consentbridge.crm.ReadRequest;
import io.consentbridge.mapping.CrmField;
import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.Payment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which of some claimed updates can be written as they are, and in which form. What is about a person is written only into a record
 * that carries their address: an address that changed makes the record another person's. The addresses are read just before the
 * call, and the call leaves out what changed since.
 */
public final class WritableRecords {

    private static final String ANOTHER =
            "the record carries another address than that of the person whom the update is about";

    private final CrmFields fields;
    private final CrmReader reader;

    public WritableRecords(CrmFields fields, CrmReader reader) {
        this.fields = fields;
        this.reader = reader;
    }

    /**
     * The updates, sorted.
     *
     * @param writable those that are written
     * @param records what is written, one for each of them in their order
     * @param notes what is written differently, by the number of the update
     * @param others what becomes of the others
     * @param unmodifiedSince when the newest change was made that was there as their addresses were read; null if none were read
     */
    record Sorted(
            List<ClaimedUpdate> writable,
            List<Map<String, Object>> records,
            Map<Long, String> notes,
            List<UpdateSettlement> others,
            Instant unmodifiedSince) {}

    /**
     * Whose records are.
     *
     * @param byId record id to the person; records that are gone are absent
     * @param newest when the newest of them changed; null if none was read
     */
    private record Owners(Map<String, Person> byId, Instant newest) {

        static final Owners UNREAD = new Owners(Map.of(), null);
    }

    /**
     * Sorts updates of one module, at most a hundred. Throws {@link io.consentbridge.zoho.ZohoFault} if the CRM does not say which
     * fields there are, or whose the records are.
     *
     * @param reading what pays for each call
     */
    Sorted sorted(Connection connection, String module, List<ClaimedUpdate> updates, Payment reading) {
        Map<String, CrmField> known = fieldsOf(connection, module, updates, reading);
        boolean personal = updates.stream().anyMatch(update -> update.person().isPresent());
        boolean telling = known.containsKey(RefusalFields.ADDRESS);
        Owners owners = personal && telling ? owners(connection, module, updates, reading) : Owners.UNREAD;
        Sorted sorted =
                new Sorted(new ArrayList<>(), new ArrayList<>(), new HashMap<>(), new ArrayList<>(), owners.newest());
        for (ClaimedUpdate update : updates) {
            if (update.person().isPresent() && !telling) {
                sorted.others()
                        .add(new UpdateSettlement.DeadLettered(
                                update,
                                "field",
                                module + ": the API does not show the field " + RefusalFields.ADDRESS
                                        + ", which says whose a record is"));
            } else if (isAnothers(update, owners.byId())) {
                sorted.others().add(new UpdateSettlement.Superseded(update, ANOTHER));
            } else {
                format(connection, module, known, update, sorted);
            }
        }
        return sorted;
    }

    // A record that is not found is gone, which the reply to the call says.
    private static boolean isAnothers(ClaimedUpdate update, Map<String, Person> owners) {
        return update.person()
                .filter(person ->
                        owners.containsKey(update.recordId()) && !person.equals(owners.get(update.recordId())))
                .isPresent();
    }

    private static void format(
            Connection connection, String module, Map<String, CrmField> known, ClaimedUpdate update, Sorted sorted) {
        FieldFormats.Formatted made = FieldFormats.format(update.fields(), known, connection.zone());
        if (made.fault() != null) {
            sorted.others().add(new UpdateSettlement.DeadLettered(update, "field", module + ": " + made.fault()));
            return;
        }
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("id", update.recordId());
        record.putAll(made.values());
        sorted.writable().add(update);
        sorted.records().add(record);
        if (made.note() != null) {
            sorted.notes().put(update.id(), made.note());
        }
    }

    /** Whose the records are, also those that any person may have, since one time holds for the whole call. One call. */
    private Owners owners(Connection connection, String module, List<ClaimedUpdate> updates, Payment reading) {
        Map<String, Person> owners = new HashMap<>();
        Instant newest = null;
        ReadRequest request = new ReadRequest(connection, null, module, List.of(RefusalFields.ADDRESS), null, null);
        List<String> ids = updates.stream().map(ClaimedUpdate::recordId).toList();
        for (CrmRecord record : reader.withIdsAtOnce(request, ids, reading).whateverTheirTime()) {
            owners.put(
                    record.id(),
                    new Person(Optional.ofNullable(record.text(RefusalFields.ADDRESS))
                            .orElse("")));
            if (record.modified() != null
                    && (newest == null || record.modified().isAfter(newest))) {
                newest = record.modified();
            }
        }
        return new Owners(owners, newest);
    }

    /** The fields of the module; read anew if they lack one, since it may have been made just now. */
    private Map<String, CrmField> fieldsOf(
            Connection connection, String module, List<ClaimedUpdate> updates, Payment reading) {
        Map<String, CrmField> known = fields.of(connection, module, reading);
        boolean lacks = updates.stream()
                .flatMap(update -> update.fields().keySet().stream())
                .anyMatch(field -> !known.containsKey(field));
        if (!lacks) {
            return known;
        }
        fields.forget(connection, module);
        return fields.of(connection, module, reading);
    }
}
