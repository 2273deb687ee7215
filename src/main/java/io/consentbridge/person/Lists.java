package io.consentbridge.person;

import io.consentbridge.audience.MailingList;
import io.consentbridge.audience.MailingLists;
import io.consentbridge.audience.Suppression;
import io.consentbridge.consent.Disclosure;
import io.consentbridge.consent.ListName;
import io.consentbridge.consent.Purpose;
import io.consentbridge.lifecycle.SyncCatalog;
import io.consentbridge.outbox.Action;
import io.consentbridge.outbox.Draft;
import io.consentbridge.run.Run;
import io.consentbridge.run.RunQueries;
import io.consentbridge.sync.Sync;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Finds the lists of purposes and connections, and how people leave them. */
final class Lists {

    private final Supplier<SyncCatalog> catalog;
    private final MailingLists lists;
    private final RunQueries runs;

    /** @param catalog the current syncs and purposes */
    Lists(Supplier<SyncCatalog> catalog, MailingLists lists, RunQueries runs) {
        this.catalog = catalog;
        this.lists = lists;
        this.runs = runs;
    }

    /**
     * How a person leaves a list.
     *
     * @param onErasure the same for somebody who is erased, as the purposes of the list say
     * @param seconds whether a refusal by another address of the same record counts
     * @param runId the newest run of a sync of the list, under whose id the removal is made; it does not count it
     */
    record Exit(MailingList list, Action action, Action onErasure, boolean seconds, String runId) {}

    /** Every list of every connection. */
    List<Scope> everywhere() {
        return connections().stream().map(Scope::every).toList();
    }

    /** The connection of a sync by its name, or of a part; empty when the sync is gone. */
    Optional<String> connection(String sync) {
        return catalog.get().find(sync).map(Sync::connection);
    }

    /** The lists of a purpose, by its name; a list to which no run was bound yet is remembered for the runs to come. */
    List<Scope> of(String purpose) {
        Map<Long, Scope> scopes = new LinkedHashMap<>();
        SyncCatalog now = catalog.get();
        now.all().stream()
                .filter(sync -> sync.purpose().equals(purpose))
                .forEach(sync -> names(now.purpose(sync))
                        .map(name -> remembered(sync.connection(), name))
                        .forEach(list -> scopes.put(list.id(), Scope.of(list))));
        if (scopes.isEmpty()) {
            Purpose unused = now.files().purposes().get(purpose);
            everywhere()
                    .forEach(where -> names(unused)
                            .map(name -> remembered(where.connection(), name))
                            .forEach(list -> scopes.put(list.id(), Scope.of(list))));
        }
        return List.copyOf(scopes.values());
    }

    /** Where a suppression counts. */
    Scope scope(Suppression suppression) {
        return new Scope(
                suppression.connection(),
                Optional.of(suppression.listId())
                        .filter(list -> list != Suppression.EVERY_LIST)
                        .flatMap(lists::find));
    }

    private MailingList remembered(String connection, String name) {
        return lists.named(connection, name).orElseGet(() -> lists.remember(connection, name, Optional.empty()));
    }

    /** Those of these lists, by their numbers, that nobody can be taken off: their connection is no longer in the files. */
    List<Scope> unreachable(Collection<Long> numbers) {
        return numbers.stream()
                .flatMap(number -> lists.find(number).stream())
                .filter(list -> !connections().contains(list.connection()))
                .map(Scope::of)
                .toList();
    }

    /** The names of all connections. */
    Set<String> connections() {
        return catalog.get().files().settings().connections().keySet();
    }

    /** How people leave each known list of these scopes. */
    List<Exit> exits(Collection<Scope> scopes) {
        SyncCatalog now = catalog.get();
        return scopes.stream()
                .map(Scope::connection)
                .distinct()
                .flatMap(connection -> lists.of(connection).stream())
                .filter(list -> scopes.stream().anyMatch(scope -> scope.contains(list)))
                .map(list -> exit(now, list))
                .toList();
    }

    private Exit exit(SyncCatalog now, MailingList list) {
        List<Sync> serving = now.all().stream()
                .filter(sync -> sync.connection().equals(list.connection()))
                .filter(sync -> names(now.purpose(sync)).anyMatch(name -> ListName.same(name, list.name())))
                .toList();
        boolean barred = serving.stream()
                .flatMap(sync -> Action.of(sync.optedOut()).stream())
                .anyMatch(Action.DO_NOT_MAIL::equals);
        boolean erasedForGood = serving.stream()
                .map(sync -> now.purpose(sync).disclosure().onErasure())
                .anyMatch(Disclosure.OnErasure.DO_NOT_MAIL::equals);
        return new Exit(
                list,
                barred ? Action.DO_NOT_MAIL : Action.UNSUBSCRIBE,
                barred || erasedForGood ? Action.DO_NOT_MAIL : Action.UNSUBSCRIBE,
                serving.stream().anyMatch(Sync::heedsSecondaryAddresses),
                serving.stream()
                        .flatMap(sync -> runs.newest(sync.name()).stream())
                        .map(Run::id)
                        .findFirst()
                        .orElse(Draft.NO_RECORD));
    }

    private static Stream<String> names(Purpose purpose) {
        return Stream.concat(Stream.of(purpose.list()), purpose.confirmationList().stream());
    }
}
