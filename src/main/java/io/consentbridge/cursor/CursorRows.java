package io.consentbridge.cursor;

import io.consentbridge.crm.Cursor;
import io.consentbridge.store.Columns;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Reads and writes the positions of each sync; owns the rows of the table sync_cursor. */
public final class CursorRows {

    private CursorRows() {}

    public static void save(Handle handle, String sync, Cursor cursor) {
        set(handle, sync, cursor.modified(), cursor.id());
    }

    public static void save(Handle handle, String sync, Checkpoint progress) {
        if (progress instanceof Checkpoint.Records records) {
            save(handle, sync, records.cursor());
        } else if (progress instanceof Checkpoint.Deletions deletions) {
            deletedSince(handle, sync, deletions.until());
        } else if (progress instanceof Checkpoint.Sweep sweep) {
            SweepRows.save(handle, sync, sweep.module(), sweep.cursor());
        } else if (progress instanceof Checkpoint.Selected selected) {
            SelectionRows.save(handle, sync, selected.reading(), selected.cursor());
        } else if (progress instanceof Checkpoint.Changes changes) {
            ChangedRows.note(handle, sync, changes.records());
        } else if (progress instanceof Checkpoint.Both both) {
            save(handle, sync, both.first());
            save(handle, sync, both.second());
        }
    }

    /**
     * Stores the selection that the cursors belong to. Returns true when they belonged to another one; then the reading
     * begins anew.
     *
     * @param runId the run that then begins to read everything; empty when people stay whose records it does not bring
     */
    static boolean select(Handle handle, String sync, String selection, Optional<String> runId) {
        prepare(handle, sync);
        Optional<String> before = SelectionRows.selection(handle, sync);
        boolean other = before.isPresent() && !before.get().equals(selection);
        if (other) {
            set(handle, sync, null, null);
            SelectionRows.reset(handle, sync);
            everything(handle, sync, runId);
        }
        if (other || before.isEmpty()) {
            SelectionRows.selection(handle, sync, selection);
        }
        return other;
    }

    /**
     * Stores what the decisions of the sync depend on. Returns true when it was something else before; then everybody is
     * read and decided anew, including records that did not change.
     *
     * @param runId the run that then begins to read everything; empty when people stay whose records it does not bring
     */
    static boolean decideAnew(Handle handle, String sync, String terms, Optional<String> runId) {
        prepare(handle, sync);
        Optional<String> before = handle.createQuery("select consent_terms from sync_cursor where sync = :sync")
                .bind("sync", sync)
                .map((row, context) -> Columns.optionalText(row, "consent_terms"))
                .one();
        boolean other = before.isPresent() && !before.get().equals(terms);
        if (other) {
            set(handle, sync, null, null);
            SelectionRows.reset(handle, sync);
            SweepRows.reset(handle, sync);
            everything(handle, sync, runId);
        }
        if (other || before.isEmpty()) {
            handle.createUpdate(
                            "update sync_cursor set consent_terms = :terms, decide_anew = decide_anew or :other where sync = :sync")
                    .bind("terms", terms)
                    .bind("other", other)
                    .bind("sync", sync)
                    .execute();
        }
        return other;
    }

    /** Whether everybody is decided anew, because what decisions depend on has changed. */
    static boolean decidesAnew(Handle handle, String sync) {
        return handle.createQuery("select decide_anew from sync_cursor where sync = :sync")
                .bind("sync", sync)
                .mapTo(Boolean.class)
                .findOne()
                .orElse(false);
    }

    /** Ends the time in which everybody is decided anew. */
    public static void decided(Handle handle, String sync) {
        handle.createUpdate("update sync_cursor set decide_anew = false where sync = :sync and decide_anew")
                .bind("sync", sync)
                .execute();
    }

    public static void reset(Handle handle, String sync) {
        set(handle, sync, null, null);
        SelectionRows.reset(handle, sync);
        SweepRows.reset(handle, sync);
    }

    /**
     * Stores the run with which a reading of everything begins; empty when that reading has ended, or when no run needs to
     * know it.
     */
    public static void everything(Handle handle, String sync, Optional<String> runId) {
        prepare(handle, sync);
        handle.createUpdate("update sync_cursor set full_scan_run = :run where sync = :sync")
                .bind("run", runId.orElse(null))
                .bind("sync", sync)
                .execute();
    }

    /** The run with which the current reading of everything began; empty when there is none. */
    public static Optional<String> everything(Handle handle, String sync) {
        return handle.createQuery("select full_scan_run from sync_cursor where sync = :sync")
                .bind("sync", sync)
                .map((row, context) -> Columns.optionalText(row, "full_scan_run"))
                .findOne()
                .flatMap(run -> run);
    }

    /** The position up to which records were read; empty before the first page. */
    static Optional<Cursor> load(Handle handle, String sync) {
        return handle.createQuery("select modified_at, record_id from sync_cursor where sync = :sync")
                .bind("sync", sync)
                .map((row, context) -> {
                    String recordId = row.getString("record_id");
                    return Columns.optionalInstant(row, "modified_at")
                            .map(modified -> new Cursor(modified, recordId == null ? "" : recordId));
                })
                .findOne()
                .flatMap(cursor -> cursor);
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

    static Optional<Instant> fullScanAt(Handle handle, String sync) {
        return handle.createQuery("select full_scan_at from sync_cursor where sync = :sync")
                .bind("sync", sync)
                .map((row, context) -> Columns.optionalInstant(row, "full_scan_at"))
                .findOne()
                .flatMap(at -> at);
    }

    static void scanned(Handle handle, String sync, boolean full, Instant began) {
        prepare(handle, sync);
        handle.createUpdate("""
                        update sync_cursor set full_scan_at = :began where sync = :sync and (:full or full_scan_at is null)
                        """)
                .bind("began", began)
                .bind("full", full)
                .bind("sync", sync)
                .execute();
    }

    /** Locks the sync's row, so that no other process begins a run of the sync until the transaction ends. */
    public static void exclusively(Handle handle, String sync) {
        prepare(handle, sync);
        handle.createQuery("select sync from sync_cursor where sync = :sync for update")
                .bind("sync", sync)
                .mapTo(String.class)
                .one();
    }

    private static void prepare(Handle handle, String sync) {
        handle.createUpdate("insert into sync_cursor (sync) values (:sync) on conflict do nothing")
                .bind("sync", sync)
                .execute();
    }
}
