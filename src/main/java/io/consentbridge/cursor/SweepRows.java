package io.consentbridge.cursor;

import io.consentbridge.crm.Cursor;
import io.consentbridge.store.Columns;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Reads and writes rows of the table sweep_cursor. */
public final class SweepRows {

    private SweepRows() {}

    static Optional<SweepCursor> find(Handle handle, String sync, String module) {
        return handle.createQuery("""
                        select since, everything, next_since, modified_at, record_id from sweep_cursor
                        where sync = :sync and module = :module
                        """)
                .bind("sync", sync)
                .bind("module", module)
                .map((row, context) -> {
                    String recordId = row.getString("record_id");
                    return new SweepCursor(
                            Columns.optionalInstant(row, "since"),
                            row.getBoolean("everything"),
                            Columns.optionalInstant(row, "next_since"),
                            Columns.optionalInstant(row, "modified_at")
                                    .map(modified -> new Cursor(modified, recordId)));
                })
                .findOne();
    }

    public static void save(Handle handle, String sync, String module, SweepCursor cursor) {
        handle.createUpdate("insert into sweep_cursor (sync, module) values (:sync, :module) on conflict do nothing")
                .bind("sync", sync)
                .bind("module", module)
                .execute();
        handle.createUpdate("""
                        update sweep_cursor
                        set since = :since, everything = :everything, next_since = :next, modified_at = :modified,
                            record_id = :record
                        where sync = :sync and module = :module
                        """)
                .bindByType("since", cursor.since().orElse(null), Instant.class)
                .bind("everything", cursor.everything())
                .bindByType("next", cursor.next().orElse(null), Instant.class)
                .bindByType("modified", cursor.reached().map(Cursor::modified).orElse(null), Instant.class)
                .bind("record", cursor.reached().map(Cursor::id).orElse(null))
                .bind("sync", sync)
                .bind("module", module)
                .execute();
    }

    /** Copies the positions of modules that were swept to the end under one name and never under the other. */
    static void copyUnlessThere(Handle handle, String from, String to) {
        handle.createUpdate("""
                        insert into sweep_cursor (sync, module, since, everything)
                        select :to, module, since, false from sweep_cursor f
                        where sync = :from and since is not null and not everything and not exists (
                            select 1 from sweep_cursor t where t.sync = :to and t.module = f.module)
                        """).bind("from", from).bind("to", to).execute();
    }

    /**
     * Makes the next sweep of the module read all refusals again, for every sync; this includes other connections, which
     * does no harm.
     */
    public static void resetModule(Handle handle, String module) {
        handle.createUpdate("""
                        update sweep_cursor set everything = true, next_since = null, modified_at = null, record_id = null
                        where module = :module
                        """).bind("module", module).execute();
    }

    /** Makes the next sweep read all refusals again, besides what has changed since the last sweep. */
    static void reset(Handle handle, String sync) {
        handle.createUpdate("""
                        update sweep_cursor set everything = true, next_since = null, modified_at = null, record_id = null
                        where sync = :sync
                        """).bind("sync", sync).execute();
    }
}
