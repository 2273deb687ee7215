package io.consentbridge.cursor;

import io.consentbridge.crm.Cursor;
import io.consentbridge.store.Columns;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Reads and writes rows of the table selection_cursor, and the selection that a sync's cursors belong to. */
final class SelectionRows {

    private SelectionRows() {}

    static Optional<ReadingCursor> find(Handle handle, String sync, String reading) {
        return handle.createQuery("""
                        select since, next_since, modified_at, record_id from selection_cursor
                        where sync = :sync and reading = :reading
                        """)
                .bind("sync", sync)
                .bind("reading", reading)
                .map((row, context) -> {
                    String recordId = row.getString("record_id");
                    return new ReadingCursor(
                            Columns.optionalInstant(row, "since"),
                            Columns.optionalInstant(row, "next_since"),
                            Columns.optionalInstant(row, "modified_at")
                                    .map(modified -> new Cursor(modified, recordId)));
                })
                .findOne();
    }

    static void save(Handle handle, String sync, String reading, ReadingCursor cursor) {
        handle.createUpdate(
                        "insert into selection_cursor (sync, reading) values (:sync, :reading) on conflict do nothing")
                .bind("sync", sync)
                .bind("reading", reading)
                .execute();
        handle.createUpdate("""
                        update selection_cursor
                        set since = :since, next_since = :next, modified_at = :modified, record_id = :record
                        where sync = :sync and reading = :reading
                        """)
                .bindByType("since", cursor.since().orElse(null), Instant.class)
                .bindByType("next", cursor.next().orElse(null), Instant.class)
                .bindByType("modified", cursor.reached().map(Cursor::modified).orElse(null), Instant.class)
                .bind("record", cursor.reached().map(Cursor::id).orElse(null))
                .bind("sync", sync)
                .bind("reading", reading)
                .execute();
    }

    static void reset(Handle handle, String sync) {
        handle.createUpdate("delete from selection_cursor where sync = :sync")
                .bind("sync", sync)
                .execute();
    }

    static Optional<String> selection(Handle handle, String sync) {
        return handle.createQuery("select selection from sync_cursor where sync = :sync")
                .bind("sync", sync)
                .map((row, context) -> Columns.optionalText(row, "selection"))
                .findOne()
                .flatMap(selection -> selection);
    }

    static void selection(Handle handle, String sync, String selection) {
        handle.createUpdate("update sync_cursor set selection = :selection where sync = :sync")
                .bind("selection", selection)
                .bind("sync", sync)
                .execute();
    }
}
