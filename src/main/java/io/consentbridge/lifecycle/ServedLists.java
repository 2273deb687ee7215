package io.consentbridge.lifecycle;

import io.consentbridge.audience.MailingList;
import io.consentbridge.audience.MailingLists;
import io.consentbridge.consent.ListName;
import io.consentbridge.consent.Purpose;
import io.consentbridge.outbox.Action;
import io.consentbridge.polling.BetweenRuns.Target;
import io.consentbridge.run.Run;
import io.consentbridge.run.RunQueries;
import io.consentbridge.sync.Sync;
import io.consentbridge.zoho.Connection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the lists that active syncs of a connection serve and about which a run has stored something. */
public final class ServedLists {

    private final RunStarter entry;
    private final SyncActivation states;
    private final RunQueries runs;
    private final MailingLists lists;

    public ServedLists(RunStarter entry, SyncActivation states, RunQueries runs, MailingLists lists) {
        this.entry = entry;
        this.states = states;
        this.runs = runs;
        this.lists = lists;
    }

    /**
     * A list of a sync: its own, or the one by which it requests consent.
     *
     * @param runId the newest run of the sync
     */
    private record Served(Sync sync, Purpose purpose, MailingList list, String runId) {

        Optional<Target> target() {
            return Action.of(sync.optedOut())
                    .map(action ->
                            new Target(sync.name(), purpose, sync.heedsSecondaryAddresses(), list.id(), action, runId));
        }
    }

    /** Returns the lists that people who refuse leave; where two syncs share a list, the stricter setting counts. */
    List<Target> targets(Connection connection) {
        Map<Long, Target> targets = new LinkedHashMap<>();
        served(connection).stream()
                .flatMap(served -> served.target().stream())
                .forEach(target -> targets.merge(
                        target.listId(), target, (one, other) -> other.action() == Action.DO_NOT_MAIL ? other : one));
        return List.copyOf(targets.values());
    }

    /** Returns the lists that no run is reading right now, in their current state, with the syncs that serve them. */
    Map<MailingList, List<String>> quiet(Connection connection) {
        Map<MailingList, List<String>> syncs = new LinkedHashMap<>();
        served(connection)
                .forEach(served -> syncs.computeIfAbsent(served.list(), list -> new ArrayList<>())
                        .add(served.sync().name()));
        syncs.values().removeIf(names -> names.stream().anyMatch(runs::isReading));
        return syncs;
    }

    private List<Served> served(Connection connection) {
        SyncCatalog now = entry.instructions();
        Map<String, SyncActivation.State> current = states.of(now.files());
        Map<String, MailingList> known = lists.of(connection.name()).stream()
                .collect(Collectors.toMap(list -> ListName.key(list.name()), list -> list, (one, same) -> one));
        List<Served> served = new ArrayList<>();
        for (Sync sync : now.all()) {
            boolean active = sync.connection().equals(connection.name()) && now.isActive(sync, current);
            Optional<Run> newest = active ? runs.newest(sync.name()) : Optional.empty();
            if (newest.isPresent()) {
                Purpose purpose = now.purpose(sync);
                Stream.concat(Stream.of(purpose.list()), purpose.confirmationList().stream())
                        .map(name -> known.get(ListName.key(name)))
                        .filter(Objects::nonNull)
                        .map(list ->
                                new Served(sync, purpose, list, newest.get().id()))
                        .forEach(served::add);
            }
        }
        return served;
    }
}
