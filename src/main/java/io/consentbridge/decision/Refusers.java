package io.consentbridge.decision;

import io.consentbridge.consent.AddressScreening;
import io.consentbridge.consent.BasisReader;
import io.consentbridge.consent.FactsReader;
import io.consentbridge.consent.Person;
import io.consentbridge.consent.RefusalFields;
import io.consentbridge.crm.CrmRecord;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * The people for whom swept records refuse mail: the person of a record's current address, and people for whom syncs of the
 * connection knew the record to stand. A person may opt out and change or erase the address in one edit, and possibly no
 * page brings the record.
 *
 * @param stoodFor the people for whom the records stood, by record id; records that stood for nobody are absent
 */
public record Refusers(Map<String, Set<Person>> stoodFor) {

    /** Looks up the people for whom the refusing ones among these records stood. */
    public static Refusers of(Handle handle, String connection, List<CrmRecord> records, BasisReader words) {
        List<String> refusing = records.stream()
                .filter(record -> FactsReader.read(record.values(), words).refuses())
                .map(CrmRecord::id)
                .distinct()
                .toList();
        Map<String, Set<Person>> stoodFor = new HashMap<>();
        if (!refusing.isEmpty()) {
            // Without the coalescing SQLite might look for a sync's run among all runs of the connection.
            handle.createQuery("""
                            select s.record_id, p.address
                            from unnest(:records) as wanted (id)
                            join sync_cursor c on true
                            join source_record s on s.sync = c.sync and s.record_id = wanted.id
                            join person p on p.id = s.person_id
                            where exists (
                                select 1 from run r where r.sync = s.sync and coalesce(r.connection, '') = :connection)
                            """)
                    .bindArray("records", String.class, refusing)
                    .bind("connection", connection)
                    .map((row, context) -> stoodFor.computeIfAbsent(
                                    row.getString("record_id"), none -> new LinkedHashSet<>())
                            .add(new Person(row.getString("address"))))
                    .list();
        }
        return new Refusers(stoodFor);
    }

    /**
     * The people for whom a record refuses, the person of its current address first; another address of the record replaces
     * one that is missing.
     *
     * @param columns the fields of the record that were read
     */
    public Set<Person> of(CrmRecord record, List<String> columns) {
        Set<Person> people = new LinkedHashSet<>();
        AddressScreening.refuser(record.text(RefusalFields.ADDRESS))
                .or(() -> SecondAddresses.of(record, columns).stream().findFirst())
                .ifPresent(people::add);
        people.addAll(stoodFor.getOrDefault(record.id(), Set.of()));
        return people;
    }
}
