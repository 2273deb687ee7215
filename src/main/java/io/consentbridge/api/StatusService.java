package io.consentbridge.api;

import io.consentbridge.audience.HeldLists;
import io.consentbridge.lifecycle.SyncCatalog;
import io.consentbridge.outbox.ConnectionBackoff;
import io.consentbridge.run.ListFigures;
import io.consentbridge.run.Run;
import io.consentbridge.run.UnknownWords;
import io.consentbridge.runtime.Components;
import io.consentbridge.runtime.Runtime;
import io.consentbridge.sync.Sync;
import io.consentbridge.zoho.Connection;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Makes the one look at an installation. It reads the database only, and changes nothing. */
final class StatusService {

    private final Runtime runtime;
    private final InstantSource clock;
    private final Components parts;
    private final SyncCatalog instructions;
    private final SyncViews syncs;
    private final QuotaViews quotas;

    StatusService(Runtime runtime, InstantSource clock) {
        this.runtime = runtime;
        this.clock = clock;
        this.parts = runtime.components();
        this.instructions = parts.lifecycle().parts().instructions(runtime.configuration());
        this.syncs = new SyncViews(runtime, clock);
        this.quotas = new QuotaViews(parts, runtime.configuration(), clock);
    }

    StatusView view() {
        Collection<Connection> connections =
                runtime.configuration().settings().connections().values();
        Map<String, Long> braked = parts.polling().brake().braked();
        return new StatusView(
                runtime.serves(),
                runtime.full(),
                runtime.database().where(),
                connections.stream().map(this::of).toList(),
                connections.stream()
                        .flatMap(connection -> lists(connection.name()).stream())
                        .toList(),
                runtime.configuration().syncs().values().stream()
                        .map(sync -> of(sync, braked))
                        .toList());
    }

    private StatusView.OfConnection of(Connection connection) {
        Optional<ConnectionBackoff.Backoff> backoff = parts.outbox().backoff().current(connection.name());
        return new StatusView.OfConnection(
                connection.name(),
                SyncViews.zone(connection),
                connection.hasCredential(),
                runtime.missingScopes(connection).orElse(null),
                backoff.map(ConnectionBackoff.Backoff::until).orElse(null),
                backoff.map(ConnectionBackoff.Backoff::because).orElse(null),
                quotas.locked(connection),
                quotas.waiting(connection),
                parts.outbox().deadLetters().count(connection.name()),
                new UnknownWords(runtime.database()).withheld(connection.name()));
    }

    private List<StatusView.OfList> lists(String connection) {
        Map<Long, HeldLists.HeldList> held = parts.audience().heldLists().of(connection).stream()
                .collect(Collectors.toMap(HeldLists.HeldList::listId, Function.identity()));
        return parts.history().lists().of(connection).stream()
                .map(list -> of(connection, list, Optional.ofNullable(held.get(list.listId()))))
                .toList();
    }

    private StatusView.OfList of(String connection, ListFigures.Figures list, Optional<HeldLists.HeldList> held) {
        return new StatusView.OfList(
                list.list(),
                connection,
                held.map(HeldLists.HeldList::because).orElse(null),
                held.flatMap(HeldLists.HeldList::triedAt).orElse(null),
                list.waitsUntil().filter(clock.instant()::isBefore).orElse(null),
                list.ours(),
                list.foreign().orElse(null),
                list.missing().orElse(null),
                list.left().orElse(null),
                list.readAt().orElse(null));
    }

    private StatusView.OfSync of(Sync sync, Map<String, Long> braked) {
        SyncView view = syncs.of(sync);
        return new StatusView.OfSync(
                view.name(),
                view.state(),
                view.because(),
                view.lastRun(),
                parts.history().queries().newest(sync.name()).flatMap(Run::says).orElse(null),
                view.nextRun(),
                view.zone(),
                instructions.names(sync).stream()
                        .filter(braked::containsKey)
                        .map(name -> new StatusView.Braked(name, braked.get(name)))
                        .toList());
    }
}
