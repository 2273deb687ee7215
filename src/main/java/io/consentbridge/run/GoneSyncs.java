package io.consentbridge.run;

import io.consentbridge.outbox.Outbox;
import io.consentbridge.store.Database;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What follows when a sync is deleted: its reading ends, what it would subscribe is taken back, and a sync of the same name
 * begins anew. Who is to leave still leaves; history, the ledger and suppressions stay.
 */
public final class GoneSyncs {

    private static final Logger LOG = LoggerFactory.getLogger(GoneSyncs.class);

    private final Database database;
    private final Runs runs;
    private final Outbox outbox;
    private final Cursors cursors;
    private final SyncStates states;

    public GoneSyncs(Database database, Runs runs, Outbox outbox, Cursors cursors, SyncStates states) {
        this.database = database;
        this.runs = runs;
        this.outbox = outbox;
        this.cursors = cursors;
        this.states = states;
    }

    /**
     * Does what follows; doing it again changes nothing.
     *
     * @param sharing other syncs to the same list of the same connection
     */
    public void forget(String sync, Collection<String> sharing) {
        // Whoever reads it loses it at the next page, wherever that is.
        runs.open().stream()
                .filter(run -> run.sync().equals(sync) && run.state() == RunState.READING)
                .forEach(run -> runs.fail(run.id(), sync + ": the sync was deleted while the run was reading", false));
        for (String other : outbox.withdrawAll(sync, sharing)) {
            LOG.info(
                    "{}: is read from the beginning next time, because {} had taken the place of some of it",
                    other,
                    sync);
            cursors.reset(other);
        }
        database.change(handle -> {
            for (String table : List.of(
                    "sync_cursor",
                    "selection_cursor",
                    "sweep_cursor",
                    "source_record",
                    "changed_record",
                    "mapped_field")) {
                handle.createUpdate("delete from " + table + " where sync = :sync")
                        .bind("sync", sync)
                        .execute();
            }
        });
        states.forget(sync);
    }
}
