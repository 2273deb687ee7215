package io.consentbridge.lifecycle;

import io.consentbridge.lifecycle.SyncActivation.Standing;
import io.consentbridge.store.Columns;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Works out where the syncs of a connection stand, from their files and the orders in force. */
final class ActivationRules {

    /** An order that still holds, because the file's state is what it was when it was given. */
    private record Order(
            String sync, boolean active, boolean fileState, Instant since, String because, boolean surplus) {

        Standing standing() {
            return new Standing(active, because, surplus);
        }
    }

    private final ConnectionSyncs syncs;
    private final Map<String, Order> orders = new HashMap<>();

    ActivationRules(Handle handle, ConnectionSyncs syncs) {
        this.syncs = syncs;
        handle
                .createQuery("""
                        select sync, active, file_state, since, because, surplus from sync_state where sync = any(:syncs)
                        """)
                .bindArray("syncs", String.class, List.copyOf(syncs.fileStates().keySet()))
                .map((row, context) -> new Order(
                        row.getString("sync"),
                        row.getBoolean("active"),
                        row.getBoolean("file_state"),
                        Columns.instant(row, "since"),
                        Columns.optionalText(row, "because").orElse(""),
                        row.getBoolean("surplus")))
                .list()
                .stream()
                .filter(order -> order.fileState() == syncs.fileStates().get(order.sync()))
                .forEach(order -> orders.put(order.sync(), order));
    }

    /** A sync that was not among the active ones asks anew, after all others. */
    ActivationRules reconsidered() {
        orders.values().removeIf(Order::surplus);
        return this;
    }

    /** What is written down of a sync; empty when nothing holds for it. */
    Optional<Standing> ordered(String sync) {
        return Optional.ofNullable(orders.get(sync)).map(Order::standing);
    }

    /** @param credentialChanged since the syncs of the connection were last switched on */
    Map<String, Standing> all(boolean credentialChanged) {
        Map<String, Standing> standings = new LinkedHashMap<>();
        syncs.fileStates()
                .forEach((sync, state) -> standings.put(
                        sync, credentialChanged ? off() : ordered(sync).orElse(new Standing(state, "", false))));
        List<String> active = syncs.fileStates().keySet().stream()
                .filter(sync -> standings.get(sync).active())
                .sorted(Comparator.comparing(this::since))
                .toList();
        if (syncs.most() > 0) {
            active.stream().skip(syncs.most()).forEach(sync -> standings.put(sync, surplus()));
        }
        return standings;
    }

    // Those without an order come last, in the order of their files.
    private Instant since(String sync) {
        return Optional.ofNullable(orders.get(sync)).map(Order::since).orElse(Instant.MAX);
    }

    private Standing off() {
        String because = "the credential of connection %s changed; activate the sync again";
        return new Standing(false, because.formatted(syncs.connection()), false);
    }

    private Standing surplus() {
        String because = "%s of %s syncs of this connection are active (limits.active-syncs, rule 3); deactivate one"
                + " first, then activate this one";
        return new Standing(false, because.formatted(syncs.most(), syncs.most()), true);
    }
}
