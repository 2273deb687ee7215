package io.consentbridge.run;

import io.consentbridge.crm.Cursor;
import io.consentbridge.store.Columns;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Reads and writes rows of the table sweep_cursor. */
final class SweepRows {

    private SweepRows() {}

    static Optional<SweepCursor> find(Handle handle, String sync, String module) {
        return handle.createQuery("""
                        select modified_at, record_id, changes_since from sweep_cursor
                        where sync = :sync and module = :module
                        """)
                .bind("sync", sync)
                .bind("module", module)
                .map((row, context) -> {
                    String recordId = row.getString("record_id");
                    return new SweepCursor(
                            Columns.optionalInstant(row, "modified_at")
                                    .map(modified -> new Cursor(modified, recordId == null ? "" : recordId)),
                            Columns.optionalInstant(row, "changes_since"));
                })
                .findOne();
    }

    static void save(Handle handle, String sync, String module, SweepCursor cursor) {
        handle.createUpdate("insert into sweep_cursor (sync, module) values (:sync, :module) on conflict do nothing")
                .bind("sync", sync)
                .bind("module", module)
                .execute();
        handle.createUpdate("""
                        update sweep_cursor
                        set modified_at = :modified, record_id = :record, changes_since = :changes
                        where sync = :sync and module = :module
                        """)
                .bindByType("modified", cursor.after().map(Cursor::modified).orElse(null), Instant.class)
                .bind("record", cursor.after().map(Cursor::id).orElse(null))
                .bindByType("changes", cursor.changesSince().orElse(null), Instant.class)
                .bind("sync", sync)
                .bind("module", module)
                .execute();
    }

    /** All refusals are read again, and then what has changed since the last sweep. */
    static void reset(Handle handle, String sync) {
        handle.createUpdate("""
                        update sweep_cursor
                        set changes_since = coalesce(changes_since, modified_at), modified_at = null, record_id = null
                        where sync = :sync
                        """).bind("sync", sync).execute();
    }
}
