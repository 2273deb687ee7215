package io.consentbridge.cursor;

import io.consentbridge.crm.Cursor;
import io.consentbridge.store.Columns;
import io.consentbridge.store.Database;
import java.time.Instant;
import java.util.Optional;

/** Up to where the module of each sync was read. Pages save it with what they decided. */
public final class Cursors {

    private final Database database;

    public Cursors(Database database) {
        this.database = database;
    }

    /** Up to where records were read; empty before the first page. */
    public Optional<Cursor> load(String sync) {
        return database.query(handle -> CursorRows.load(handle, sync));
    }

    /** Up to where deletions were read; empty before the first time. */
    public Optional<Instant> deletedSince(String sync) {
        return database.query(handle -> handle.createQuery("select deleted_since from sync_cursor where sync = :sync")
                .bind("sync", sync)
                .map((row, context) -> Columns.optionalInstant(row, "deleted_since"))
                .findOne()
                .flatMap(until -> until));
    }

    /** Up to where the opted-out people of a module were swept for a sync. */
    public SweepCursor sweep(String sync, String module) {
        return database.query(handle -> SweepRows.find(handle, sync, module)).orElse(SweepCursor.NONE);
    }

    /** Under which name it is kept up to where the modules of a connection were swept between runs; no sync has it. */
    public static String betweenRuns(String connection) {
        return "between runs of " + connection;
    }

    /** Sweeps between runs begin where the first run of the connection has read all refusals, so that none reads them twice. */
    public void beginBetweenRuns(String connection, String sync) {
        database.change(handle -> SweepRows.copyUnlessThere(handle, sync, betweenRuns(connection)));
    }

    /** Up to where one of the readings besides the records themselves has come; empty before its first. */
    public Optional<ReadingCursor> reading(String sync, String reading) {
        return database.query(handle -> SelectionRows.find(handle, sync, reading));
    }

    /**
     * Says which records the sync selects now. Where it selected others before, the next reading is of everything, since
     * records that did not change may be selected now.
     *
     * @param selection stands for all that decides which records are selected
     * @param runId the run that begins to read everything then; empty when people whom it does not meet stay
     * @return whether it selected others before
     */
    public boolean select(String sync, String selection, Optional<String> runId) {
        return database.transaction(handle -> CursorRows.select(handle, sync, selection, runId));
    }

    /**
     * Says what the decisions of the sync rest on now. Where it was something else before, the next reading is of everything
     * and everybody is decided anew, until a run has read to its end.
     *
     * @param terms stands for what purpose and sync say of consent, and for the list
     * @param runId the run that begins to read everything then; empty when people whom it does not meet stay
     * @return whether it was something else before
     */
    public boolean decideAnew(String sync, String terms, Optional<String> runId) {
        return database.transaction(handle -> CursorRows.decideAnew(handle, sync, terms, runId));
    }

    /** Whether everybody is decided anew, records included that did not change. */
    public boolean decidesAnew(String sync) {
        return database.query(handle -> CursorRows.decidesAnew(handle, sync));
    }

    /**
     * Begins to read everything with that run. Records that are met from now on are marked with it, by later runs too, until
     * one has read to its end: so a record that is not marked then is not selected any more, though a run may have failed
     * meanwhile.
     */
    public void readEverything(String sync, String runId) {
        database.change(handle -> CursorRows.everything(handle, sync, Optional.of(runId)));
    }

    /** The run with which the reading of everything began that is under way; empty when only changes are read. */
    public Optional<String> everything(String sync) {
        return database.query(handle -> CursorRows.everything(handle, sync));
    }

    /** When the last reading of everything began that came to its end; empty before a sync's first run did. */
    public Optional<Instant> fullScanAt(String sync) {
        return database.query(handle -> CursorRows.fullScanAt(handle, sync));
    }

    /**
     * A run was read to its end. The first one, without a cursor, has read everything too.
     *
     * @param full whether it was to read everything
     * @param began when it began
     */
    public void scanned(String sync, boolean full, Instant began) {
        database.change(handle -> CursorRows.scanned(handle, sync, full, began));
    }

    /** Sets up to where deletions were read. */
    public void deletedSince(String sync, Instant until) {
        database.change(handle -> CursorRows.deletedSince(handle, sync, until));
    }

    /**
     * Forgets the cursor of records and those of sweeps, so that the next run reads everything; that of deletions stays,
     * and so does from when the sweeps of other modules read changes.
     */
    public void reset(String sync) {
        database.change(handle -> CursorRows.reset(handle, sync));
    }
}
