package io.consentbridge.person;

import io.consentbridge.audience.FormerAddresses;
import io.consentbridge.audience.Member;
import io.consentbridge.audience.Members;
import io.consentbridge.audience.Suppression;
import io.consentbridge.audience.Suppressions;
import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.consent.Person;
import io.consentbridge.outbox.Draft;
import io.consentbridge.outbox.Outbox;
import io.consentbridge.store.Database;
import io.consentbridge.store.PersonNumbers;
import io.consentbridge.sync.Outcome;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Suppressions that an operator enters. Nothing that is read in the CRM or in Campaigns ends them; only {@link #release}
 * does, and it ends no other suppression.
 */
public final class ManualSuppressions {

    private final Database database;
    private final Lists lists;
    private final Outbox outbox;
    private final Members members;
    private final Suppressions suppressions;
    private final InstantSource clock;

    public ManualSuppressions(
            Database database,
            Lists lists,
            Outbox outbox,
            Members members,
            Suppressions suppressions,
            InstantSource clock) {
        this.database = database;
        this.lists = lists;
        this.outbox = outbox;
        this.members = members;
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
     * or may be, under this address and under later addresses of the same person. May be repeated.
     *
     * @param purpose only for the lists of the purpose of this name; empty for every list
     * @param because the reason of the operator, which is kept as evidence
     */
    public Suppressed suppress(Person person, Optional<String> purpose, String because) {
        List<Scope> scopes = purpose.map(lists::of).orElseGet(lists::everywhere);
        List<Lists.Exit> exits = lists.exits(scopes);
        return database.transaction(handle -> {
            suppressions.add(
                    handle,
                    scopes.stream().map(scope -> suppression(person, scope)).toList());
            List<Leaving> leaving = new ArrayList<>();
            for (Lists.Exit exit : exits) {
                leaving.addAll(leave(handle, exit, person));
            }
            return new Suppressed(scopes, leaving);
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

    private List<Leaving> leave(Handle handle, Lists.Exit exit, Person person) {
        String connection = exit.list().connection();
        Set<Person> people = new HashSet<>(Set.of(person));
        FormerAddresses.successors(handle, connection, Set.of(person), exit.seconds())
                .values()
                .forEach(people::addAll);
        outbox.awaitSettling(handle, connection, people);
        long list = exit.list().id();
        Collection<Member> known =
                members.of(handle, list, PersonNumbers.known(handle, people)).values();
        List<Person> staying =
                known.stream().filter(Member::perhapsOnList).map(Member::person).toList();
        Set<Person> already = outbox.leaving(handle, list, exit.action(), staying);
        outbox.enqueue(
                handle,
                staying.stream()
                        .filter(member -> !already.contains(member))
                        .map(member -> Draft.leaving(
                                        exit.action(),
                                        list,
                                        member,
                                        exit.runId(),
                                        Draft.NO_RECORD,
                                        new Outcome.Ignored(IgnoreReason.OPTED_OUT))
                                .uncounted())
                        .toList());
        return staying.stream()
                .map(member -> new Leaving(
                        connection, exit.list().name(), exit.action().word()))
                .toList();
    }

    /**
     * Ends manual suppressions of a person.
     *
     * @param purpose only those of the lists of the purpose of this name; empty for all of them
     * @param because the reason of the operator, which is kept as evidence
     */
    public Released release(Person person, Optional<String> purpose, String because) {
        Optional<List<Scope>> only = purpose.map(lists::of);
        List<Suppression> ended = database.transaction(handle -> {
            List<Suppression> manual = suppressions.of(handle, person).stream()
                    .filter(Suppression::isManual)
                    .filter(suppression ->
                            only.isEmpty() || only.get().stream().anyMatch(scope -> scope.isOf(suppression)))
                    .toList();
            suppressions.remove(handle, manual);
            return manual;
        });
        return new Released(ended.stream().map(this::scope).toList(), suppressions.of(person));
    }

    private Scope scope(Suppression suppression) {
        return new Scope(
                suppression.connection(),
                Optional.of(suppression.listId())
                        .filter(list -> list != Suppression.EVERY_LIST)
                        .flatMap(lists::find));
    }
}
