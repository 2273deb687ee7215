package io.consentbridge.lifecycle;

import io.consentbridge.lifecycle.SyncActivation.State;
import io.consentbridge.store.Columns;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Works out the states of a connection's syncs from their files and the overrides in force. */
final class ActivationRules {

    /** An override that is in force, because the state in the file is the same as when the override was made. */
    private record Override(
            String sync, boolean active, boolean fileState, Instant since, String because, boolean surplus) {

        State state() {
            return new State(active, because, surplus);
        }
    }

    private final ConnectionSyncs syncs;
    private final Map<String, Override> overrides = new HashMap<>();

    ActivationRules(Handle handle, ConnectionSyncs syncs) {
        this.syncs = syncs;
        handle
                .createQuery("""
                        select sync, active, file_state, since, because, surplus from sync_state where sync = any(:syncs)
                        """)
                .bindArray("syncs", String.class, List.copyOf(syncs.fileStates().keySet()))
                .map((row, context) -> new Override(
                        row.getString("sync"),
                        row.getBoolean("active"),
                        row.getBoolean("file_state"),
                        Columns.instant(row, "since"),
                        Columns.optionalText(row, "because").orElse(""),
                        row.getBoolean("surplus")))
                .list()
                .stream()
                .filter(override -> override.fileState() == syncs.fileStates().get(override.sync()))
                .forEach(override -> overrides.put(override.sync(), override));
    }

    /**
     * Drops the overrides of syncs that are inactive because of the limit; these syncs are considered again, after all
     * others.
     */
    ActivationRules reconsidered() {
        overrides.values().removeIf(Override::surplus);
        return this;
    }

    /** Returns the state that a sync's override sets; empty if the sync has no override. */
    Optional<State> overridden(String sync) {
        return Optional.ofNullable(overrides.get(sync)).map(Override::state);
    }

    /**
     * The states of all syncs, by name.
     *
     * @param credentialChanged whether the credential changed since the syncs of the connection were last activated
     */
    Map<String, State> all(boolean credentialChanged) {
        Map<String, State> states = new LinkedHashMap<>();
        syncs.fileStates()
                .forEach((sync, state) -> states.put(
                        sync, credentialChanged ? off() : overridden(sync).orElse(new State(state, "", false))));
        List<String> active = syncs.fileStates().keySet().stream()
                .filter(sync -> states.get(sync).active())
                .sorted(Comparator.comparing(this::since))
                .toList();
        if (syncs.most() > 0) {
            active.stream().skip(syncs.most()).forEach(sync -> states.put(sync, surplus()));
        }
        return states;
    }

    // Syncs without an override come last, in the order of their files.
    private Instant since(String sync) {
        return Optional.ofNullable(overrides.get(sync)).map(Override::since).orElse(Instant.MAX);
    }

    private State off() {
        String because = "the credential of connection %s changed. Activate the sync again";
        return new State(false, because.formatted(syncs.connection()), false);
    }

    private State surplus() {
        String because = "%s of %s syncs of this connection are active (limits.active-syncs). Deactivate one"
                + " first, then activate this one";
        return new State(false, because.formatted(syncs.most(), syncs.most()), true);
    }
}
