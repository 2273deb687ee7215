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
 * Writes rows of the table changed_record: records of a sync that changed in the CRM since the sync last read them. A later
 * reading that brings such a record removes its row.
 */
public final class ChangedRows {

    private ChangedRows() {}

    /** Stores those of these records whose {@code Modified_Time} differs from the one that the sync knows. */
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

    // A second that was not over may have brought another change. The next reading brings the record again if it is
    // still selected, but it brings no record from before its cursor.
    private static boolean isOtherNow(SourceRecord known, Instant modified, Optional<Cursor> read) {
        if (known.decision().equals(SourceRecord.UNMATCHED)) {
            return false;
        }
        return modified.isAfter(known.modified())
                || modified.equals(known.modified())
                        && !known.settled()
                        && read.map(cursor -> cursor.isBefore(modified)).orElse(true);
    }

    /** Removes the rows of records that were read, or that are gone. */
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
