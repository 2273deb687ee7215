package io.consentbridge.person;

import io.consentbridge.audience.FormerAddresses;
import io.consentbridge.audience.Member;
import io.consentbridge.audience.Members;
import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.consent.Person;
import io.consentbridge.outbox.Action;
import io.consentbridge.outbox.Draft;
import io.consentbridge.outbox.Outbox;
import io.consentbridge.store.PersonNumbers;
import io.consentbridge.sync.Outcome;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Drafts the removal of one person from lists, within the caller's transaction. */
final class Leavers {

    private final Outbox outbox;
    private final Members members;

    Leavers(Outbox outbox, Members members) {
        this.outbox = outbox;
        this.members = members;
    }

    /**
     * The person leaves a list on which they are or may be, under this address and under later ones of the same person.
     *
     * @return the removals that wait now, those that waited already included
     */
    List<Leaving> leave(Handle handle, Lists.Exit exit, Person person) {
        return leave(handle, exit, exit.action(), person, false);
    }

    /**
     * The same for a person who is erased: every delivery to them that waits, and every dead letter, gives way to the removal,
     * whether or not they are on the list.
     */
    List<Leaving> erase(Handle handle, Lists.Exit exit, Person person) {
        return leave(handle, exit, exit.onErasure(), person, isPending(handle, exit, person));
    }

    private List<Leaving> leave(Handle handle, Lists.Exit exit, Action action, Person person, boolean pending) {
        String connection = exit.list().connection();
        long list = exit.list().id();
        Set<Person> people = new HashSet<>(Set.of(person));
        FormerAddresses.successors(handle, connection, Set.of(person), exit.seconds())
                .values()
                .forEach(people::addAll);
        outbox.awaitSettling(handle, connection, people);
        Set<Person> staying = new LinkedHashSet<>();
        if (pending) {
            staying.add(person);
        }
        members.of(handle, list, PersonNumbers.known(handle, people)).values().stream()
                .filter(Member::perhapsOnList)
                .map(Member::person)
                .forEach(staying::add);
        Set<Person> already = outbox.leaving(handle, list, action, staying);
        outbox.enqueue(
                handle,
                staying.stream()
                        .filter(member -> !already.contains(member))
                        .map(member -> Draft.leaving(
                                        action,
                                        list,
                                        member,
                                        exit.runId(),
                                        Draft.NO_RECORD,
                                        new Outcome.Ignored(IgnoreReason.OPTED_OUT))
                                .uncounted())
                        .toList());
        return staying.stream()
                .map(member -> new Leaving(connection, exit.list().name(), action.word()))
                .distinct()
                .toList();
    }

    private static boolean isPending(Handle handle, Lists.Exit exit, Person person) {
        return handle.createQuery("""
                        select 1 from person p
                        where p.address = :person and (
                            exists (select 1 from delivery d where d.person_id = p.id and d.list_id = :list)
                            or exists (select 1 from dead_letter d where d.person_id = p.id and d.list_id = :list))
                        """)
                .bind("person", person.address())
                .bind("list", exit.list().id())
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }
}
