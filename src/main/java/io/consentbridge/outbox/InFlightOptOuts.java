package io.consentbridge.outbox;

import io.consentbridge.audience.FormerAddresses;
import io.consentbridge.audience.ListFamily;
import io.consentbridge.audience.Suppression;
import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.consent.Person;
import io.consentbridge.store.PersonNumbers;
import io.consentbridge.sync.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Unsubscribes people, within a transaction, whose opt-out arrived in the CRM while their subscription was in flight: the
 * run that read the CRM did not find them on the list yet. Also people who were read as having left the list meanwhile,
 * since the subscription may have brought them back (B76).
 */
final class InFlightOptOuts {

    // Longer than any page takes from its look-up to its commit, single records read for evidence included.
    static final Duration LATELY = Duration.ofHours(1);

    private final Handle handle;
    private final Instant now;
    private final Heeding heeding;

    InFlightOptOuts(Handle handle, Instant now, Heeding heeding) {
        this.handle = handle;
        this.now = now;
        this.heeding = heeding;
    }

    /**
     * Outcomes stay: the record was subscribed, and the run that read the refusal has counted it.
     *
     * @param asked those of them whom Campaigns only asked to confirm
     */
    void take(List<Delivery> delivered, List<Delivery> asked) {
        List<Delivery> forbidden = new ArrayList<>();
        delivered.stream()
                .filter(delivery -> delivery.action() == Action.SUBSCRIBE)
                .collect(Collectors.groupingBy(Delivery::listId))
                .forEach((listId, ofList) -> {
                    Set<Long> refusing = refusing(listId, ofList);
                    Map<Long, List<FormerAddresses.Against>> elsewhere = byOtherAddress(listId, ofList);
                    ofList.stream()
                            .filter(delivery -> refusing.contains(delivery.personId())
                                    || elsewhere.getOrDefault(delivery.personId(), List.of()).stream()
                                            .anyMatch(against -> !against.second() || heeding.heeds(delivery.runId())))
                            .filter(delivery -> !leavesAlready(delivery))
                            .forEach(forbidden::add);
                });
        MemberRows.delivered(
                handle,
                forbidden.stream().filter(delivery -> !asked.contains(delivery)).toList(),
                now);
        new Enqueuing(handle, now)
                .enqueue(forbidden.stream().map(InFlightOptOuts::draft).toList());
    }

    /**
     * The other side of the same race: these people refuse mail as of this transaction, and may have been delivered after
     * their reader had looked whether they were on a list. People whose removal is pending are not removed again.
     *
     * @param refusals what CRM records say against people of the connection
     * @param asked people for whom this transaction asks to leave anyway
     */
    List<Draft> justSubscribed(String connection, Collection<Suppression> refusals, Set<Person> asked, String runId) {
        Map<Person, Suppression> byPerson = new HashMap<>();
        refusals.stream()
                .filter(refusal -> !asked.contains(refusal.person()))
                .forEach(refusal -> byPerson.put(refusal.person(), refusal));
        if (byPerson.isEmpty()) {
            return List.of();
        }
        PersonNumbers people = PersonNumbers.known(handle, byPerson.keySet());
        awaitSettling(handle, connection, people);
        return handle.createQuery("""
                        select m.list_id, m.person_id from mailing_list l
                        join unnest(:people) as wanted (id) on true
                        join list_member m on m.list_id = l.id and m.person_id = wanted.id
                        where l.connection = :connection and (m.unsure or m.active and m.delivered_at > :lately)
                          and not exists (
                            select 1 from delivery d
                            where d.person_id = m.person_id and d.list_id = l.id and d.action <> 'subscribe'
                              and d.held_for is null)
                        """)
                .bindArray("people", Long.class, people.all())
                .bind("connection", connection)
                .bind("lately", now.minus(LATELY))
                .map((row, context) -> {
                    Suppression refusal = byPerson.get(people.person(row.getLong("person_id")));
                    return draft(row.getLong("list_id"), refusal.person(), runId, refusal.recordId());
                })
                .list();
    }

    /** A thread that settles a delivery of these people has done so then, or sees the refusal once it is kept. */
    static void awaitSettling(Handle handle, String connection, PersonNumbers people) {
        List<Long> ids = handle.createQuery("""
                        select d.id from unnest(:people) as wanted (id)
                        join mailing_list l on l.connection = :connection
                        join delivery d on d.person_id = wanted.id and d.list_id = l.id
                        where d.action = 'subscribe'
                        """)
                .bindArray("people", Long.class, people.all())
                .bind("connection", connection)
                .mapTo(Long.class)
                .list();
        if (!ids.isEmpty()) {
            handle.createQuery("select id from delivery where id = any(:ids) order by id for update")
                    .bindArray("ids", Long.class, ids)
                    .mapTo(Long.class)
                    .list();
        }
    }

    private boolean leavesAlready(Delivery delivery) {
        return handle.createQuery("""
                        select 1 from delivery
                        where list_id = :list and person_id = :person and action <> 'subscribe' and held_for is null
                        """)
                .bind("list", delivery.listId())
                .bind("person", delivery.personId())
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    /** Those against whom a CRM record of their connection speaks, who refused on the page, or who left the list themselves. */
    private Set<Long> refusing(long listId, List<Delivery> deliveries) {
        List<Long> people = deliveries.stream().map(Delivery::personId).toList();
        Set<Long> refusing =
                ListFamily.of(handle, listId)
                        .elsewhere(handle, deliveries.get(0).connection(), people)
                        .stream()
                        .filter(against -> FormerAddresses.refusals()
                                .contains(against.reason().word()))
                        .map(ListFamily.Elsewhere::personId)
                        .collect(Collectors.toSet());
        refusing.addAll(handle.createQuery("""
                        select s.person_id from unnest(:people) as wanted (id)
                        join suppression s
                          on s.person_id = wanted.id and s.connection = :connection and s.list_id in (0, :list)
                        where s.origin like :crm or s.origin like :page or s.origin = :campaigns and s.reason = :left
                        """)
                .bindArray("people", Long.class, people)
                .bind("connection", deliveries.get(0).connection())
                .bind("list", listId)
                .bind("crm", Suppression.CRM + "%")
                .bind("page", Suppression.CONFIRMATION + "%")
                .bind("campaigns", Suppression.CAMPAIGNS)
                .bind("left", IgnoreReason.OPTED_OUT.word())
                .mapTo(Long.class)
                .list());
        return refusing;
    }

    /** What stands against people because of an earlier or another address of theirs, by person. */
    private Map<Long, List<FormerAddresses.Against>> byOtherAddress(long listId, List<Delivery> deliveries) {
        ListFamily family = ListFamily.of(handle, listId);
        return FormerAddresses.against(
                        handle,
                        deliveries.get(0).connection(),
                        deliveries.stream().map(Delivery::personId).toList())
                .stream()
                .filter(against -> family.counts(against.listId()))
                .collect(Collectors.groupingBy(FormerAddresses.Against::personId));
    }

    private static Draft draft(Delivery delivery) {
        return draft(delivery.listId(), delivery.person(), delivery.runId(), delivery.recordId());
    }

    static Draft draft(long listId, Person person, String runId, String recordId) {
        return Draft.leaving(listId, person, runId, recordId, new Outcome.Ignored(IgnoreReason.OPTED_OUT));
    }
}
