package io.consentbridge.api;

import io.consentbridge.audience.HeldLists;
import io.consentbridge.run.ListFigures;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Creates the status of the lists of a connection. */
final class ListStatus {

    private final HeldLists heldLists;
    private final ListFigures figures;
    private final InstantSource clock;

    ListStatus(HeldLists heldLists, ListFigures figures, InstantSource clock) {
        this.heldLists = heldLists;
        this.figures = figures;
        this.clock = clock;
    }

    List<StatusView.OfList> of(String connection) {
        Map<Long, HeldLists.HeldList> held = heldLists.of(connection).stream()
                .collect(Collectors.toMap(HeldLists.HeldList::listId, Function.identity()));
        return figures.of(connection).stream()
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
}
