package io.consentbridge.lifecycle;

import io.consentbridge.config.Configuration;
import io.consentbridge.outbox.Integrations;
import io.consentbridge.run.RunRows;
import io.consentbridge.store.Columns;
import io.consentbridge.store.ConnectionLock;
import io.consentbridge.store.Database;
import io.consentbridge.sync.Admission;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows which syncs are active. An override by command is in force until the state in the file changes; a changed
 * credential deactivates every sync of its connection (B85, B86), and if more syncs than allowed are to be active, the
 * latest stay inactive (B58). No sync of a connection that is switched off is active; what each sync's own state is stays stored
 * (B157-B162).
 */
public final class SyncActivation {

    /**
     * The state of a sync.
     *
     * @param active whether its schedule starts runs
     * @param because the reason of the override in force; empty text if the file decides
     * @param surplus whether the file says active, but the limit of active syncs is reached
     */
    public record State(boolean active, String because, boolean surplus) {}

    private static final Logger LOG = LoggerFactory.getLogger(SyncActivation.class);

    private final Database database;
    private final InstantSource clock;

    public SyncActivation(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Returns the state of every sync of the configuration, by name. Changes nothing. */
    public Map<String, State> of(Configuration now) {
        Map<String, State> all = new HashMap<>();
        now.settings()
                .connections()
                .values()
                .forEach(connection -> all.putAll(of(ConnectionSyncs.of(now, connection))));
        return all;
    }

    /** Returns the state of every sync of a connection, by name. Changes nothing. */
    public Map<String, State> of(ConnectionSyncs syncs) {
        return database.query(handle -> states(handle, syncs));
    }

    private Map<String, State> states(Handle handle, ConnectionSyncs syncs) {
        Map<String, State> states = new ActivationRules(handle, syncs).all(credentialChanged(handle, syncs));
        Integrations.off(handle, syncs.connection())
                .ifPresent(off -> states.replaceAll((sync, own) -> new State(false, off.because(), false)));
        return states;
    }

    /**
     * Stores what follows from changed files or settings. A changed credential deactivates every sync of the connection
     * until each is activated again (B85, B86; the first credential is no change). An active sync stays active when others
     * are added (B58). A sync that was inactive because of the limit becomes active if the limit allows it by now.
     *
     * @return a sentence for each sync that was deactivated, sorted by the sync's name
     */
    public List<String> settle(ConnectionSyncs syncs) {
        return database.transaction(handle -> {
            ConnectionLock.lock(handle, syncs.connection());
            return settle(handle, syncs, true);
        });
    }

    /** Settles every connection, as {@link #settle(ConnectionSyncs)} does, and logs which syncs are inactive. */
    public List<String> settle(Configuration now) {
        List<String> off = now.settings().connections().values().stream()
                .flatMap(connection -> settle(ConnectionSyncs.of(now, connection)).stream())
                .toList();
        off.forEach(each -> LOG.warn("{}", each));
        return off;
    }

    private List<String> settle(Handle handle, ConnectionSyncs syncs, boolean reconsider) {
        boolean changed = credentialChanged(handle, syncs);
        if (syncs.credentialHash() != null) {
            handle.createUpdate("update connection_state set credential_hash = :hash where connection = :connection")
                    .bind("hash", syncs.credentialHash())
                    .bind("connection", syncs.connection())
                    .execute();
        }
        ActivationRules known = new ActivationRules(handle, syncs);
        Map<String, State> before = known.all(false);
        ActivationRules asking = reconsider ? known.reconsidered() : known;
        List<String> off = new ArrayList<>();
        asking.all(changed).forEach((sync, state) -> {
            boolean news = asking.overridden(sync).filter(state::equals).isEmpty();
            if (news && (state.active() || changed || state.surplus())) {
                override(handle, sync, syncs.fileStates().get(sync), state);
            }
            if (!state.active() && (state.surplus() || before.get(sync).active())) {
                off.add(sync + ": " + state.because());
            }
        });
        off.sort(null);
        return off;
    }

    /**
     * Activates a sync, unless a limit refuses it or its connection is switched off; an active sync stays as it is.
     *
     * @param because the reason to store
     * @param rule decides by the number of the connection's other active syncs
     */
    public Admission activate(ConnectionSyncs syncs, String sync, String because, IntFunction<Admission> rule) {
        return database.transaction(handle -> {
            ConnectionLock.lock(handle, syncs.connection());
            settle(handle, syncs, false);
            Optional<Admission> objection = objection(handle, syncs.connection(), sync);
            if (objection.isPresent()) {
                return objection.get();
            }
            Map<String, State> states = states(handle, syncs);
            if (states.get(sync).active()) {
                return new Admission.Admitted();
            }
            Admission admission = rule.apply(
                    (int) states.values().stream().filter(State::active).count());
            if (admission instanceof Admission.Admitted) {
                override(handle, sync, syncs.fileStates().get(sync), new State(true, because, false));
            }
            return admission;
        });
    }

    /** Returns the refusal of anything that would subscribe people for the sync; empty unless the connection is switched off. */
    Optional<Admission> objection(String connection, String sync) {
        return database.query(handle -> objection(handle, connection, sync));
    }

    private static Optional<Admission> objection(Handle handle, String connection, String sync) {
        return Integrations.off(handle, connection).map(off -> new Admission.Refused(sync + ": " + off.because()));
    }

    /** Deactivates a sync, and drops a postponed run of it. */
    public void deactivate(ConnectionSyncs syncs, String sync, String because) {
        database.change(handle -> {
            ConnectionLock.lock(handle, syncs.connection());
            settle(handle, syncs, false);
            override(handle, sync, syncs.fileStates().get(sync), new State(false, because, false));
        });
    }

    /** Returns since when each active sync has been active, by name. */
    public Map<String, Instant> activeSince() {
        Map<String, Instant> since = new HashMap<>();
        database.query(handle -> handle.createQuery("select sync, since from sync_state where active")
                .map((row, context) -> since.put(row.getString("sync"), Columns.instant(row, "since")))
                .list());
        return since;
    }

    /** Deletes the override and the postponed run of a sync that no longer exists. */
    public void forget(String sync) {
        database.change(handle -> {
            RunRows.callOff(handle, sync, "");
            handle.createUpdate("delete from sync_state where sync = :sync")
                    .bind("sync", sync)
                    .execute();
        });
    }

    private void override(Handle handle, String sync, boolean fileState, State state) {
        if (!state.active()) {
            RunRows.callOff(handle, sync, "");
        }
        handle.createUpdate("delete from sync_state where sync = :sync")
                .bind("sync", sync)
                .execute();
        handle.createUpdate("""
                        insert into sync_state (sync, active, file_state, since, because, surplus)
                        values (:sync, :active, :file, :now, :because, :surplus)
                        """)
                .bind("sync", sync)
                .bind("active", state.active())
                .bind("file", fileState)
                .bind("now", clock.instant())
                .bind("because", Columns.clip(state.because(), 1000))
                .bind("surplus", state.surplus())
                .execute();
    }

    private static boolean credentialChanged(Handle handle, ConnectionSyncs syncs) {
        if (syncs.credentialHash() == null) {
            return false;
        }
        Optional<String> known = handle.createQuery(
                        "select credential_hash from connection_state where connection = :connection")
                .bind("connection", syncs.connection())
                .map((row, context) -> Columns.optionalText(row, "credential_hash"))
                .findOne()
                .flatMap(hash -> hash);
        return known.filter(hash -> !hash.equals(syncs.credentialHash())).isPresent();
    }
}
