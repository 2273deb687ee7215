package io.consentbridge.lifecycle;

import io.consentbridge.config.Configuration;
import io.consentbridge.run.Runs;
import io.consentbridge.store.Columns;
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

/**
 * Which syncs are active: an order given by command holds until the file's own state changes; a changed credential
 * switches all of a connection off (B85, B86), and of more than may be active those that came last stay off (B58).
 */
public final class SyncActivation {

    /**
     * Whether a sync is active, and why if that is not its file's doing.
     *
     * @param active whether it runs
     * @param because the reason of the order in force; empty text when the file decides
     * @param surplus whether it is inactive because as many are active as may be, although its file says active
     */
    public record Standing(boolean active, String because, boolean surplus) {}

    private final Database database;
    private final InstantSource clock;

    public SyncActivation(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Where every sync of the configuration stands, by name. Changes nothing. */
    public Map<String, Standing> of(Configuration now) {
        Map<String, Standing> all = new HashMap<>();
        now.settings()
                .connections()
                .values()
                .forEach(connection -> all.putAll(of(ConnectionSyncs.of(now, connection))));
        return all;
    }

    /** Where every sync of a connection stands, by name. Changes nothing. */
    public Map<String, Standing> of(ConnectionSyncs syncs) {
        return database.query(handle -> standings(handle, syncs));
    }

    private Map<String, Standing> standings(Handle handle, ConnectionSyncs syncs) {
        return new ActivationRules(handle, syncs).all(credentialChanged(handle, syncs));
    }

    /**
     * Writes down what follows from changed files or settings: a changed credential switches every sync of the connection
     * off until each is activated again (B85, B86; the first credential is no change), and who has a place among the
     * active keeps it when others come along (B58). A sync that was inactive becomes active if the limit allows it by now.
     *
     * @return a sentence for each sync that was switched off, by name
     */
    public List<String> settle(ConnectionSyncs syncs) {
        return database.transaction(handle -> {
            lock(handle, syncs.connection());
            return settle(handle, syncs, true);
        });
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
        Map<String, Standing> before = known.all(false);
        ActivationRules asking = reconsider ? known.reconsidered() : known;
        List<String> off = new ArrayList<>();
        asking.all(changed).forEach((sync, standing) -> {
            boolean news = asking.ordered(sync).filter(standing::equals).isEmpty();
            if (news && (standing.active() || changed || standing.surplus())) {
                order(handle, sync, syncs.fileStates().get(sync), standing);
            }
            if (!standing.active() && (standing.surplus() || before.get(sync).active())) {
                off.add(sync + ": " + standing.because());
            }
        });
        off.sort(null);
        return off;
    }

    /**
     * Lets a sync run by itself, unless a rule forbids it; nothing changes when it does already.
     *
     * @param because why
     * @param rule given how many syncs of the connection are active, the one that asks not among them
     */
    public Admission activate(ConnectionSyncs syncs, String sync, String because, IntFunction<Admission> rule) {
        return database.transaction(handle -> {
            lock(handle, syncs.connection());
            settle(handle, syncs, false);
            Map<String, Standing> standings = standings(handle, syncs);
            if (standings.get(sync).active()) {
                return new Admission.Admitted();
            }
            Admission admission = rule.apply(
                    (int) standings.values().stream().filter(Standing::active).count());
            if (admission instanceof Admission.Admitted) {
                order(handle, sync, syncs.fileStates().get(sync), new Standing(true, because, false));
            }
            return admission;
        });
    }

    /** Keeps a sync from running by itself; it does not make up for a run that was put off before. */
    public void deactivate(ConnectionSyncs syncs, String sync, String because) {
        database.change(handle -> {
            lock(handle, syncs.connection());
            settle(handle, syncs, false);
            order(handle, sync, syncs.fileStates().get(sync), new Standing(false, because, false));
        });
    }

    /** Since when each active sync is known to be so, by name. */
    public Map<String, Instant> activeSince() {
        Map<String, Instant> since = new HashMap<>();
        database.query(handle -> handle.createQuery("select sync, since from sync_state where active")
                .map((row, context) -> since.put(row.getString("sync"), Columns.instant(row, "since")))
                .list());
        return since;
    }

    /** Forgets the orders for a sync that is gone, and the run of it that was put off. */
    public void forget(String sync) {
        database.change(handle -> {
            Runs.callOff(handle, sync, "");
            handle.createUpdate("delete from sync_state where sync = :sync")
                    .bind("sync", sync)
                    .execute();
        });
    }

    private void order(Handle handle, String sync, boolean fileState, Standing standing) {
        if (!standing.active()) {
            Runs.callOff(handle, sync, "");
        }
        handle.createUpdate("delete from sync_state where sync = :sync")
                .bind("sync", sync)
                .execute();
        handle.createUpdate("""
                        insert into sync_state (sync, active, file_state, since, because, surplus)
                        values (:sync, :active, :file, :now, :because, :surplus)
                        """)
                .bind("sync", sync)
                .bind("active", standing.active())
                .bind("file", fileState)
                .bind("now", clock.instant())
                .bind("because", Columns.clip(standing.because(), 1000))
                .bind("surplus", standing.surplus())
                .execute();
    }

    private static void lock(Handle handle, String connection) {
        handle.createUpdate("insert into connection_state (connection) values (:connection) on conflict do nothing")
                .bind("connection", connection)
                .execute();
        handle.createQuery("select 1 from connection_state where connection = :connection for update")
                .bind("connection", connection)
                .mapTo(Integer.class)
                .one();
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
