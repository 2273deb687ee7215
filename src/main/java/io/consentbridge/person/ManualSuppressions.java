package io.consentbridge.person;

import io.consentbridge.audience.ErasedPeople;
import io.consentbridge.audience.Suppression;
import io.consentbridge.audience.Suppressions;
import io.consentbridge.confirmation.PageRequests;
import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.consent.Person;
import io.consentbridge.ledger.EventKind;
import io.consentbridge.ledger.LedgerEvent;
import io.consentbridge.ledger.LedgerRows;
import io.consentbridge.store.Database;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Suppressions that an operator enters. Nothing that is read in the CRM or in Campaigns ends them; only {@link #release}
 * does, and it ends no other suppression.
 */
public final class ManualSuppressions {

    private static final Map<EventKind, String> TOLD = Map.of(
            EventKind.SUPPRESSED, "An operator suppressed the person.",
            EventKind.RELEASED, "An operator ended a suppression by hand.");

    private final Database database;
    private final Lists lists;
    private final Leavers leavers;
    private final Suppressions suppressions;
    private final ErasedPeople erased;
    private final InstantSource clock;

    ManualSuppressions(
            Database database,
            Lists lists,
            Leavers leavers,
            Suppressions suppressions,
            ErasedPeople erased,
            InstantSource clock) {
        this.erased = erased;
        this.database = database;
        this.lists = lists;
        this.leavers = leavers;
        this.suppressions = suppressions;
        this.clock = clock;
    }

    /**
     * What a suppression did.
     *
     * @param scopes where the person is suppressed now
     * @param leaving the lists that the person leaves, those that were left already excluded
     */
    public record Suppressed(List<Scope> scopes, List<Leaving> leaving) {}

    /**
     * What a release did.
     *
     * @param scopes where a manual suppression ended; empty when there was none
     * @param remaining the suppressions that still count for the person anywhere
     */
    public record Released(List<Scope> scopes, List<Suppression> remaining) {}

    /**
     * Suppresses a person, known or not. In the same transaction they are drafted to leave each of the lists on which they are
     * or may be, under this address and under later addresses of the same person. What they consented to by a request is taken
     * back, and their open requests end. May be repeated.
     *
     * @param purpose only for the lists of the purpose of this name; empty for every list
     * @param because the reason of the operator, which is kept as evidence
     * @return empty if the person was erased: they are refused already, and nothing is stored about them again
     */
    public Optional<Suppressed> suppress(Person person, Optional<String> purpose, String because) {
        List<Scope> scopes = purpose.map(lists::of).orElseGet(lists::everywhere);
        List<Lists.Exit> exits = lists.exits(scopes);
        return database.transaction(handle -> {
            List<Suppression> before = suppressions.of(handle, person).stream()
                    .filter(Suppression::isManual)
                    .toList();
            // After the table of people was read: an erasure does not remove the person until this transaction has
            // ended.
            if (!erased.among(handle, List.of(person)).isEmpty()) {
                return Optional.empty();
            }
            suppressions.add(
                    handle,
                    scopes.stream().map(scope -> suppression(person, scope)).toList());
            LedgerRows.append(
                    handle,
                    scopes.stream()
                            .filter(scope -> before.stream().noneMatch(scope::isOf))
                            .map(scope -> event(EventKind.SUPPRESSED, person, scope, purpose, because))
                            .toList());
            scopes.stream()
                    .map(Scope::connection)
                    .distinct()
                    .forEach(connection -> PageRequests.withdraw(
                            handle, connection, List.of(person), purpose, LedgerEvent.OPERATOR, clock.instant()));
            List<Leaving> leaving = new ArrayList<>();
            for (Lists.Exit exit : exits) {
                leaving.addAll(leavers.leave(handle, exit, person));
            }
            return Optional.of(new Suppressed(scopes, leaving));
        });
    }

    private Suppression suppression(Person person, Scope scope) {
        return new Suppression(
                scope.connection(),
                person,
                scope.listId(),
                Suppression.MANUAL,
                IgnoreReason.OPTED_OUT,
                clock.instant());
    }

    /**
     * Ends manual suppressions of a person.
     *
     * @param purpose only those of the lists of the purpose of this name; empty for all of them
     * @param because the reason of the operator, which is kept as evidence
     */
    public Released release(Person person, Optional<String> purpose, String because) {
        Optional<List<Scope>> only = purpose.map(lists::of);
        List<Scope> scopes = suppressions.of(person).stream()
                .filter(Suppression::isManual)
                .map(lists::scope)
                .filter(scope -> only.isEmpty() || only.get().stream().anyMatch(scope::isSame))
                .toList();
        return database.transaction(handle -> {
            List<Suppression> before = suppressions.of(handle, person);
            List<Scope> ended = scopes.stream()
                    .filter(scope -> before.stream().anyMatch(suppression -> ended(suppression, scope)))
                    .toList();
            suppressions.remove(
                    handle,
                    before.stream()
                            .filter(suppression -> ended.stream().anyMatch(scope -> ended(suppression, scope)))
                            .toList());
            LedgerRows.append(
                    handle,
                    ended.stream()
                            .map(scope -> event(EventKind.RELEASED, person, scope, purpose, because))
                            .toList());
            return new Released(ended, suppressions.of(handle, person));
        });
    }

    private static boolean ended(Suppression suppression, Scope scope) {
        return suppression.isManual() && scope.isOf(suppression);
    }

    private LedgerEvent event(EventKind kind, Person person, Scope scope, Optional<String> purpose, String because) {
        Map<String, Object> evidence = new HashMap<>(Map.of("because", because));
        scope.list().ifPresent(list -> evidence.put("list", list.name()));
        return new LedgerEvent(
                kind,
                person,
                scope.connection(),
                purpose.orElse(""),
                "",
                "",
                LedgerEvent.OPERATOR,
                Map.of(),
                "",
                "",
                evidence,
                clock.instant(),
                new LedgerEvent.Told("", kind.word(), TOLD.get(kind)));
    }
}
