package io.consentbridge.cursor;

import io.consentbridge.crm.Cursor;
import io.consentbridge.store.Columns;
import io.consentbridge.store.Database;
import java.time.Instant;
import java.util.Optional;

/** The positions up to which each sync has read its module. Pages save them together with their decisions. */
public final class Cursors {

    private final Database database;

    public Cursors(Database database) {
        this.database = database;
    }

    /** The position up to which records were read; empty before the first page. */
    public Optional<Cursor> load(String sync) {
        return database.query(handle -> CursorRows.load(handle, sync));
    }

    /** The time up to which deletions were read; empty before the first reading. */
    public Optional<Instant> deletedSince(String sync) {
        return database.query(handle -> handle.createQuery("select deleted_since from sync_cursor where sync = :sync")
                .bind("sync", sync)
                .map((row, context) -> Columns.optionalInstant(row, "deleted_since"))
                .findOne()
                .flatMap(until -> until));
    }

    /** The position of the sync's sweep of a module for people who opted out. */
    public SweepCursor sweep(String sync, String module) {
        return database.query(handle -> SweepRows.find(handle, sync, module)).orElse(SweepCursor.NONE);
    }

    /** The name under which the positions of a connection's sweeps between runs are stored; no sync has this name. */
    public static String betweenRuns(String connection) {
        return "between runs of " + connection;
    }

    /**
     * Sets the sweeps between runs to begin where the first run of the connection has read all refusals, so that no refusal
     * is read twice.
     */
    public void beginBetweenRuns(String connection, String sync) {
        database.change(handle -> SweepRows.copyUnlessThere(handle, sync, betweenRuns(connection)));
    }

    /** The position of one of the additional readings; empty before its first page. */
    public Optional<ReadingCursor> reading(String sync, String reading) {
        return database.query(handle -> SelectionRows.find(handle, sync, reading));
    }

    /**
     * Stores which records the sync selects now. If it selected others before, the next reading is of everything, since
     * records that did not change may be selected now.
     *
     * @param selection a fingerprint of everything that decides which records are selected
     * @param runId the run that then begins to read everything; empty when people stay whose records it does not bring
     * @return whether it selected others before
     */
    public boolean select(String sync, String selection, Optional<String> runId) {
        return database.transaction(handle -> CursorRows.select(handle, sync, selection, runId));
    }

    /**
     * Stores what the decisions of the sync depend on now. If it was something else before, the next reading is of
     * everything, and everybody is decided anew until a run has read to the end.
     *
     * @param terms a fingerprint of what purpose and sync say about consent, and of the list
     * @param runId the run that then begins to read everything; empty when people stay whose records it does not bring
     * @return whether it was something else before
     */
    public boolean decideAnew(String sync, String terms, Optional<String> runId) {
        return database.transaction(handle -> CursorRows.decideAnew(handle, sync, terms, runId));
    }

    /** Whether everybody is decided anew, including records that did not change. */
    public boolean decidesAnew(String sync) {
        return database.query(handle -> CursorRows.decidesAnew(handle, sync));
    }

    /**
     * Begins a reading of everything with that run. This run and later ones mark each record that they read, until one of
     * them has read to the end. A record without the mark is then no longer selected, even if a run failed meanwhile.
     */
    public void readEverything(String sync, String runId) {
        database.change(handle -> CursorRows.everything(handle, sync, Optional.of(runId)));
    }

    /** The run with which the current reading of everything began; empty when only changes are read. */
    public Optional<String> everything(String sync) {
        return database.query(handle -> CursorRows.everything(handle, sync));
    }

    /** When the last completed reading of everything began; empty before the sync's first run has read to the end. */
    public Optional<Instant> fullScanAt(String sync) {
        return database.query(handle -> CursorRows.fullScanAt(handle, sync));
    }

    /**
     * Notes that a run has read to the end. The first run, without a cursor, has read everything too.
     *
     * @param full whether the run was to read everything
     * @param began when the run began
     */
    public void scanned(String sync, boolean full, Instant began) {
        database.change(handle -> CursorRows.scanned(handle, sync, full, began));
    }

    /** Sets the time up to which deletions were read. */
    public void deletedSince(String sync, Instant until) {
        database.change(handle -> CursorRows.deletedSince(handle, sync, until));
    }

    /**
     * Forgets the position of records and those of sweeps, so that the next run reads everything. The position of deletions
     * stays, and so does the time from which the sweeps of other modules read changes.
     */
    public void reset(String sync) {
        database.change(handle -> CursorRows.reset(handle, sync));
    }
}
