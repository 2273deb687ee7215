package io.consentbridge.cursor;

import java.time.LocalDate;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Changes what is stored of a record whose person answered a request for consent, without reading the record again. */
public final class ConfirmedRecords {

    private ConfirmedRecords() {}

    /**
     * The record counts as a reason to be on the list, within the caller's transaction.
     *
     * @param personId the person who confirmed; a record that stands for somebody else now is left alone
     * @param endsOn the first day without consent; empty if there is none
     * @return whether the record still stands for the person
     */
    public static boolean deliver(
            Handle handle, String sync, String recordId, long personId, Optional<LocalDate> endsOn) {
        int changed = handle.createUpdate("""
                        update source_record set decision = 'deliver-as-expressed'
                        where sync = :sync and record_id = :record and person_id = :person and decision = 'request-consent'
                        """)
                .bind("sync", sync)
                .bind("record", recordId)
                .bind("person", personId)
                .execute();
        if (changed == 1) {
            handle.createUpdate("delete from consent_end where sync = :sync and record_id = :record")
                    .bind("sync", sync)
                    .bind("record", recordId)
                    .execute();
            endsOn.ifPresent(day -> handle.createUpdate(
                            "insert into consent_end (sync, record_id, ends_on) values (:sync, :record, :day)")
                    .bind("sync", sync)
                    .bind("record", recordId)
                    .bind("day", day)
                    .execute());
        }
        return changed == 1;
    }

    /**
     * Other records of the person, of any sync, by which they would be asked are read again with the next run of their sync,
     * which decides them by the confirmation; within the caller's transaction.
     */
    public static void readOthersAgain(Handle handle, String sync, String recordId, long personId) {
        handle.createUpdate("""
                        insert into remaining_record (sync, record_id)
                        select s.sync, s.record_id from source_record s
                        where s.person_id = :person and s.decision = 'request-consent'
                          and (s.sync <> :sync or s.record_id <> :record)
                        on conflict do nothing
                        """)
                .bind("sync", sync)
                .bind("record", recordId)
                .bind("person", personId)
                .execute();
    }

    /**
     * The person took the consent back in another way than by a link, within the caller's transaction: by the record for which they
     * were asked they may be on no list on any day, so that a subscription which waits is not made. This record, and others by
     * which the person may be on a list, are read again with the next run of their sync.
     */
    public static void takenBack(Handle handle, String sync, String recordId, long personId) {
        handle.createUpdate("delete from consent_end where sync = :sync and record_id = :record")
                .bind("sync", sync)
                .bind("record", recordId)
                .execute();
        handle.createUpdate("""
                        insert into consent_end (sync, record_id, ends_on)
                        select sync, record_id, cast(:day as date) from source_record
                        where sync = :sync and record_id = :record and person_id = :person
                          and decision = 'deliver-as-expressed'
                        """)
                .bind("day", LocalDate.EPOCH)
                .bind("sync", sync)
                .bind("record", recordId)
                .bind("person", personId)
                .execute();
        handle.createUpdate("""
                        insert into remaining_record (sync, record_id)
                        select s.sync, s.record_id from source_record s
                        where s.person_id = :person and s.decision = 'deliver-as-expressed'
                        on conflict do nothing
                        """).bind("person", personId).execute();
    }

    /** The record is no reason any more, since its person took the consent back, within the caller's transaction. */
    public static void suppress(Handle handle, String sync, String recordId, long personId) {
        handle.createUpdate("""
                        update source_record set decision = 'suppress'
                        where sync = :sync and record_id = :record and person_id = :person
                          and decision in ('deliver-as-expressed', 'request-consent')
                        """)
                .bind("sync", sync)
                .bind("record", recordId)
                .bind("person", personId)
                .execute();
    }
}
