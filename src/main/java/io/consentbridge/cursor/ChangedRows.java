package io.consentbridge.cursor;

import io.consentbridge.crm.Cursor;
import io.consentbridge.store.BulkInsert;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Writes rows of the table changed_record: records of a sync that changed in the CRM since it last met them. Whatever is
 * read afterwards and brings one of them takes it out again.
 */
public final class ChangedRows {

    private ChangedRows() {}

    /** Notes down which of these records the sync knows otherwise, by their {@code Modified_Time} now. */
    static void note(Handle handle, String sync, Map<String, Instant> records) {
        Optional<Cursor> read = CursorRows.load(handle, sync);
        List<SourceRecord> changed = SourceRows.byId(handle, sync, records.keySet()).stream()
                .filter(known -> isOtherNow(known, records.get(known.recordId()), read))
                .toList();
        BulkInsert.into("changed_record", changed)
                .text("sync", sync)
                .texts("record_id", SourceRecord::recordId)
                .executeUnlessThere(handle);
    }

    // A second that was not over may have brought another change. The reading that follows brings the record again,
    // if it is still selected, but none from before its cursor.
    private static boolean isOtherNow(SourceRecord known, Instant modified, Optional<Cursor> read) {
        if (known.decision().equals(SourceRecord.UNMATCHED)) {
            return false;
        }
        return modified.isAfter(known.modified())
                || modified.equals(known.modified())
                        && !known.settled()
                        && read.map(cursor -> cursor.isBefore(modified)).orElse(true);
    }

    /** These were met, or are gone. */
    public static void takeOut(Handle handle, String sync, Collection<String> recordIds) {
        if (recordIds.isEmpty() || isEmpty(handle, sync)) {
            return;
        }
        PreparedBatch delete =
                handle.prepareBatch("delete from changed_record where sync = :sync and record_id = :record");
        recordIds.forEach(id -> delete.bind("sync", sync).bind("record", id).add());
        delete.execute();
    }

    private static boolean isEmpty(Handle handle, String sync) {
        return handle.createQuery("select 1 from changed_record where sync = :sync fetch first row only")
                .bind("sync", sync)
                .mapTo(Integer.class)
                .findOne()
                .isEmpty();
    }
}
