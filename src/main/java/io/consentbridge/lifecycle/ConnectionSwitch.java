package io.consentbridge.lifecycle;

import io.consentbridge.cursor.Cursors;
import io.consentbridge.outbox.Integrations;
import io.consentbridge.outbox.Outbox;
import io.consentbridge.run.Run;
import io.consentbridge.run.RunQueries;
import io.consentbridge.run.RunState;
import io.consentbridge.run.Runs;
import io.consentbridge.sync.Sync;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Switches the syncs of a whole connection off and on (B157-B162). What would subscribe people ends at once; removals and opt-outs
 * on their way go out.
 */
public final class ConnectionSwitch {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionSwitch.class);

    private final Integrations integrations;
    private final Runs runs;
    private final RunQueries queries;
    private final Outbox outbox;
    private final Cursors cursors;

    public ConnectionSwitch(Integrations integrations, Runs runs, RunQueries queries, Outbox outbox, Cursors cursors) {
        this.integrations = integrations;
        this.runs = runs;
        this.queries = queries;
        this.outbox = outbox;
        this.cursors = cursors;
    }

    /** Returns the runs of the connection that read right now. */
    public List<Run> reading(String connection) {
        return queries.open().stream()
                .filter(run -> run.connection().equals(connection) && run.state() == RunState.READING)
                .toList();
    }

    /**
     * Switches the connection off; idempotent. Its runs stop reading at the next page, and its pending subscriptions are withdrawn:
     * what was decided before may be wrong by the time when the connection is activated, so the next run decides anew.
     *
     * @param now every sync of the files, and its parts
     * @return how the connection is switched off now
     */
    public Integrations.Off switchOff(SyncCatalog now, String connection, Integrations.Kind kind) {
        Integrations.Off off = integrations.switchOff(connection, kind);
        String because = "connection " + connection + " was " + off.kind().word();
        for (Run run : reading(connection)) {
            runs.fail(run.id(), run.sync() + ": " + because + " while the run was reading", false);
        }
        now.all().stream()
                .filter(sync -> sync.connection().equals(connection))
                .forEach(sync -> withdraw(now, sync, because));
        LOG.info("{}: {}. None of its syncs runs", connection, off.because());
        return off;
    }

    private void withdraw(SyncCatalog now, Sync sync, String because) {
        List<String> sharing = new ArrayList<>(ListSharers.of(now, sync).keySet());
        sharing.add(sync.name());
        for (String anew : outbox.withdrawPending(sync.name(), sharing, "withdrawn, because " + because)) {
            cursors.reset(anew);
        }
    }

    /** Switches the connection on; each sync has its own state again. Returns whether it was off. */
    public boolean switchOn(String connection) {
        return integrations.switchOn(connection);
    }
}
