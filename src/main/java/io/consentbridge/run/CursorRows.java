package io.consentbridge.run;

import io.consentbridge.crm.Cursor;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** Writes up to where a sync has read; rows of the table sync_cursor are its own. */
final class CursorRows {

    private CursorRows() {}

    static void save(Handle handle, String sync, Cursor cursor) {
        set(handle, sync, cursor.modified(), cursor.id());
    }

    static void save(Handle handle, String sync, Progress progress) {
        if (progress instanceof Progress.Records records) {
            save(handle, sync, records.cursor());
        } else if (progress instanceof Progress.Deletions deletions) {
            deletedSince(handle, sync, deletions.until());
        } else if (progress instanceof Progress.Sweep sweep) {
            SweepRows.save(handle, sync, sweep.module(), sweep.cursor());
        }
    }

    static void reset(Handle handle, String sync) {
        set(handle, sync, null, null);
        SweepRows.reset(handle, sync);
    }

    private static void set(Handle handle, String sync, Instant modified, String recordId) {
        prepare(handle, sync);
        handle.createUpdate("update sync_cursor set modified_at = :modified, record_id = :record where sync = :sync")
                .bindByType("modified", modified, Instant.class)
                .bind("record", recordId)
                .bind("sync", sync)
                .execute();
    }

    static void deletedSince(Handle handle, String sync, Instant until) {
        prepare(handle, sync);
        handle.createUpdate("update sync_cursor set deleted_since = :until where sync = :sync")
                .bind("until", until)
                .bind("sync", sync)
                .execute();
    }

    private static void prepare(Handle handle, String sync) {
        handle.createUpdate("insert into sync_cursor (sync) values (:sync) on conflict do nothing")
                .bind("sync", sync)
                .execute();
    }
}
