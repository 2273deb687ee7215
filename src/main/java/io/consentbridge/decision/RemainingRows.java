package io.consentbridge.decision;

import io.consentbridge.consent.Person;
import io.consentbridge.cursor.SourceRecord;
import io.consentbridge.store.BulkInsert;
import io.consentbridge.store.Columns;
import io.consentbridge.store.PersonNumbers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Writes rows of the table remaining_record: when a person's newest record is gone, the newest of the remaining records
 * replaces it, and is read again.
 */
final class RemainingRows {

    /** Of two records of the same second the one with the higher id counts as the newer. */
    private record Age(Instant modified, String id) {

        boolean isBefore(Age other) {
            int order = modified.compareTo(other.modified);
            return order < 0 || order == 0 && id.compareTo(other.id) < 0;
        }
    }

    /** A remaining record of some sync, and when it was modified. */
    private record Remaining(String sync, Age age) {}

    private RemainingRows() {}

    /**
     * Stores which records are now the newest of these people, unless they were so before.
     *
     * @param gone records of the sync as they were while they counted; they no longer count
     * @param companions other syncs that serve the same list
     * @param deleted ids of the records that the CRM no longer has, so that they count in no other sync either
     */
    static void note(
            Handle handle,
            String sync,
            Collection<String> companions,
            Collection<SourceRecord> gone,
            Collection<String> deleted) {
        Map<Person, Age> newest = new HashMap<>();
        for (SourceRecord record : gone) {
            if (record.counts()) {
                record.person().ifPresent(person -> newest.merge(person, age(record), RemainingRows::newer));
            }
        }
        if (newest.isEmpty()) {
            return;
        }
        List<Remaining> heirs = new ArrayList<>();
        remaining(handle, sync, companions, newest.keySet(), deleted).forEach((person, remaining) -> {
            if (remaining.age().isBefore(newest.get(person))) {
                heirs.add(remaining);
            }
        });
        BulkInsert.into("remaining_record", heirs)
                .texts("sync", Remaining::sync)
                .texts("record_id", remaining -> remaining.age().id())
                .executeUnlessThere(handle);
    }

    private static Map<Person, Remaining> remaining(
            Handle handle,
            String sync,
            Collection<String> companions,
            Collection<Person> people,
            Collection<String> deleted) {
        PersonNumbers numbers = PersonNumbers.known(handle, people);
        Map<Person, Remaining> newest = new HashMap<>();
        handle.createQuery("""
                        select s.person_id, s.sync, s.record_id, s.modified_at
                        from unnest(:people) as wanted (id)
                        join source_record s on s.person_id = wanted.id
                        where s.record_id <> all(:deleted)
                          and (s.sync = :sync and s.decision not in ('unmatched', 'ignore')
                            or s.sync = any(:companions) and s.decision in ('deliver', 'deliver-as-expressed'))
                        """)
                .bindArray("people", Long.class, numbers.all())
                .bindArray("deleted", String.class, List.copyOf(deleted))
                .bind("sync", sync)
                .bindArray("companions", String.class, List.copyOf(companions))
                .map((row, context) -> Map.entry(
                        numbers.person(row.getLong("person_id")),
                        new Remaining(
                                row.getString("sync"),
                                new Age(Columns.instant(row, "modified_at"), row.getString("record_id")))))
                .forEach(row -> newest.merge(
                        row.getKey(), row.getValue(), (one, other) -> one.age().isBefore(other.age()) ? other : one));
        return newest;
    }

    private static Age age(SourceRecord record) {
        return new Age(record.modified(), record.recordId());
    }

    private static Age newer(Age one, Age other) {
        return one.isBefore(other) ? other : one;
    }

    /** The records of the sync that are to be read again, ordered by id. */
    static List<String> of(Handle handle, String sync, String afterRecordId, int max) {
        return handle.createQuery("""
                        select record_id from remaining_record
                        where sync = :sync and record_id > :after order by sync, record_id fetch first :max rows only
                        """)
                .bind("sync", sync)
                .bind("after", afterRecordId)
                .bind("max", max)
                .mapTo(String.class)
                .list();
    }

    /** Removes the rows of records that were read, or that are gone. */
    static void takeOut(Handle handle, String sync, Collection<String> recordIds) {
        if (recordIds.isEmpty() || of(handle, sync, "", 1).isEmpty()) {
            return;
        }
        PreparedBatch delete =
                handle.prepareBatch("delete from remaining_record where sync = :sync and record_id = :record");
        recordIds.forEach(id -> delete.bind("sync", sync).bind("record", id).add());
        delete.execute();
    }

    /**
     * Notes records of a page whose person confirmed while the page was decided, so that the page did not know. They are read
     * again.
     *
     * @param since no page takes longer from its look-up to its commit
     */
    static void confirmed(Handle handle, String sync, Collection<String> recordIds, Instant since) {
        List<String> overtaken = handle.createQuery("""
                        select s.record_id from unnest(:records) as wanted (id)
                        join confirmation_request q on q.record_id = wanted.id and q.sync = :sync
                        join source_record s on s.sync = q.sync and s.record_id = q.record_id and s.person_id = q.person_id
                        where q.state = 'given' and q.answered_at > :since and s.decision = 'request-consent'
                        """)
                .bindArray("records", String.class, List.copyOf(recordIds))
                .bind("sync", sync)
                .bind("since", since)
                .mapTo(String.class)
                .list();
        BulkInsert.into("remaining_record", overtaken)
                .text("sync", sync)
                .texts("record_id", id -> id)
                .executeUnlessThere(handle);
    }
}
