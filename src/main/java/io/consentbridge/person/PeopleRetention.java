package io.consentbridge.person;

import io.consentbridge.consent.Person;
import io.consentbridge.ledger.EventKind;
import io.consentbridge.ledger.LedgerEvent;
import io.consentbridge.ledger.LedgerRows;
import io.consentbridge.store.AmongPeople;
import io.consentbridge.store.Columns;
import io.consentbridge.store.Database;
import io.consentbridge.store.PersonNumbers;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.jdbi.v3.core.Handle;

/**
 * Forgets people of whom nothing is known any more that steers anything, and whose last event and outcome are old: their rows, their
 * key and their evidence are destroyed like in an erasure. They are not suppressed, since they did not ask for it. A person
 * who refused, is on a list, or was taken off one stays.
 */
public final class PeopleRetention {

    private static final int NUMBERS = 2_000;
    private static final int MANY = 5_000;
    private static final int BATCH = 100;

    /** Of a person p: nothing about them steers anything, and nothing happened since. */
    static final String FREE = """
            select p.id from person p
            where p.id = any(:people)
            and not exists (select 1 from source_record where source_record.person_id = p.id)
            and not exists (select 1 from suppression where suppression.person_id = p.id)
            and not exists (select 1 from unknown_word where unknown_word.person_id = p.id)
            and not exists (select 1 from former_address where former_address.person_id = p.id)
            and not exists (select 1 from former_address where former_address.former_id = p.id)
            and not exists (select 1 from listed_as where listed_as.person_id = p.id)
            and not exists (select 1 from delivery where delivery.person_id = p.id)
            and not exists (select 1 from dead_letter where dead_letter.person_id = p.id)
            and not exists (select 1 from confirmation_request where confirmation_request.person_id = p.id)
            and not exists (select 1 from record_update where record_update.person_id = p.id)
            and not exists (select 1 from workflow_start where workflow_start.person_id = p.id)
            and not exists (select 1 from erasure where erasure.person_id = p.id)
            and not exists (select 1 from consent_ledger where consent_ledger.person_id = p.id)
            and not exists (select 1 from ledger_event where ledger_event.person_id = p.id)
            and not exists (
                select 1 from campaign_reaction r where r.person_id = p.id and (r.seen_at >= :before or r.mailed_at >= :before))
            and not exists (select 1 from refused_address r where r.person_id = p.id and r.since >= :before)
            and not exists (
                select 1 from mailing_list l cross join list_member m
                where m.list_id = l.id and m.person_id = p.id
                  and (m.active or m.unsure or m.taken_off or m.lost or m.doubtful or m.asked_at is not null
                    or m.returned_at is not null or m.missing_at is not null or m.delivered_at >= :before
                    or m.seen_at >= :before or m.left_at >= :before))
            and not exists (
                select 1 from ledger_subject u cross join ledger_entry e
                where u.person_id = p.id and e.subject = u.id and e.happened_at >= :before)
            order by p.id
            """;

    private final Database database;
    private final Erasures.PersonKeys keys;
    private final InstantSource clock;

    /** @param keys destroys the keys of people */
    public PeopleRetention(Database database, Erasures.PersonKeys keys, InstantSource clock) {
        this.database = database;
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * How far a search has come.
     *
     * @param after the number of the last person that was looked at
     * @param forgotten how many people have been forgotten
     * @param end whether everybody was looked at
     */
    public record Position(long after, int forgotten, boolean end) {

        /** Nobody was looked at. */
        public static final Position BEGINNING = new Position(0, 0, false);
    }

    /** The outcomes of people, as far as they were stored when they were read. */
    private record Past(Set<Long> recent, Map<Long, List<Long>> outcomes, long newest) {}

    /**
     * Looks at the next people, and forgets those whose time is over, in short transactions.
     *
     * @param before the instant before which everything about them happened
     * @return how far it came; the same position if it has to wait for a run that reads, or for others who store people
     */
    public Position forget(Position position, Instant before) {
        if (database.query(PeopleRetention::reading)) {
            return position;
        }
        long last = database.query(handle -> handle.createQuery("select coalesce(max(id), 0) from person")
                .mapTo(Long.class)
                .one());
        List<Long> free = new ArrayList<>();
        long after = position.after();
        while (after < last && free.size() < MANY) {
            List<Long> next = LongStream.rangeClosed(after + 1, Math.min(last, after + NUMBERS))
                    .boxed()
                    .toList();
            free.addAll(database.query(handle -> free(handle, next, before)));
            after = next.get(next.size() - 1);
        }
        int forgotten = position.forgotten();
        Past past =
                free.isEmpty() ? new Past(Set.of(), Map.of(), 0) : database.query(handle -> past(handle, free, before));
        List<Long> old =
                free.stream().filter(person -> !past.recent().contains(person)).toList();
        for (int i = 0; i < old.size(); i += BATCH) {
            List<Long> some = old.subList(i, Math.min(old.size(), i + BATCH));
            Optional<Integer> gone = AmongPeople.alone(database, handle -> forget(handle, some, past, before));
            if (gone.filter(people -> people >= 0).isEmpty()) {
                return new Position(some.get(0) - 1, forgotten, false);
            }
            forgotten += gone.get();
        }
        return new Position(after, forgotten, after >= last);
    }

    /** Outcomes are stored while a run reads. */
    private static boolean reading(Handle handle) {
        return handle.createQuery("select 1 from run where state = 'reading' fetch first row only")
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    private static List<Long> free(Handle handle, List<Long> people, Instant before) {
        return handle.createQuery(FREE)
                .bindArray("people", Long.class, people)
                .bind("before", before)
                .mapTo(Long.class)
                .list();
    }

    /** Outcomes have no index by person, so this reads all of them. */
    private static Past past(Handle handle, List<Long> people, Instant before) {
        long newest = handle.createQuery("select coalesce(max(id), 0) from outcome")
                .mapTo(Long.class)
                .one();
        Set<Long> recent = new HashSet<>();
        Map<Long, List<Long>> outcomes = new HashMap<>();
        handle.createQuery("""
                        select o.id, o.person_id, r.started_at from outcome o
                        join run_number n on n.id = o.run left join run r on r.id = n.run_id
                        where o.person_id = any(:people)
                        """)
                .bindArray("people", Long.class, people)
                .map((row, context) -> {
                    long person = row.getLong("person_id");
                    if (Columns.optionalInstant(row, "started_at")
                            .filter(at -> !at.isBefore(before))
                            .isPresent()) {
                        recent.add(person);
                    }
                    return outcomes.computeIfAbsent(person, any -> new ArrayList<>())
                            .add(row.getLong("id"));
                })
                .list();
        return new Past(recent, outcomes, newest);
    }

    /** Returns how many were forgotten; less than zero if a run has begun to read. */
    private int forget(Handle handle, List<Long> some, Past past, Instant before) {
        if (reading(handle)) {
            return -1;
        }
        Set<Long> met = new HashSet<>(
                handle.createQuery("select person_id from outcome where id > :newest and person_id = any(:people)")
                        .bind("newest", past.newest())
                        .bindArray("people", Long.class, some)
                        .mapTo(Long.class)
                        .list());
        List<Long> people = free(handle, some, before).stream()
                .filter(person -> !met.contains(person))
                .toList();
        if (people.isEmpty()) {
            return 0;
        }
        destroyEvidence(handle, people);
        List<Long> outcomes = people.stream()
                .flatMap(person -> past.outcomes().getOrDefault(person, List.of()).stream())
                .toList();
        handle.createUpdate(PersonRows.OUTCOMES_OF_NOBODY)
                .bindArray("outcomes", Long.class, outcomes)
                .execute();
        handle.createUpdate("""
                        delete from list_member where list_id in (select id from mailing_list) and person_id = any(:people)
                        """).bindArray("people", Long.class, people).execute();
        handle.createUpdate("delete from campaign_reaction where person_id = any(:people)")
                .bindArray("people", Long.class, people)
                .execute();
        handle.createUpdate("delete from refused_address where person_id = any(:people)")
                .bindArray("people", Long.class, people)
                .execute();
        return handle.createUpdate("delete from person where id = any(:people)")
                .bindArray("people", Long.class, people)
                .execute();
    }

    /** The ledger says why the evidence of these people cannot be read any more. */
    private void destroyEvidence(Handle handle, List<Long> people) {
        List<Long> known = handle.createQuery(
                        "select distinct person_id from ledger_subject where person_id = any(:people) order by person_id")
                .bindArray("people", Long.class, people)
                .mapTo(Long.class)
                .list();
        PersonNumbers numbers = PersonNumbers.numbered(handle, known);
        List<Person> persons = known.stream().map(numbers::person).toList();
        LedgerRows.append(handle, persons.stream().map(this::event).toList());
        if (!persons.isEmpty()) {
            keys.destroy(handle, persons);
        }
    }

    private LedgerEvent event(Person person) {
        return new LedgerEvent(
                EventKind.ERASED,
                person,
                "",
                "",
                "",
                "",
                LedgerEvent.PRODUCT,
                Map.of(),
                "",
                "",
                Map.of(),
                clock.instant(),
                new LedgerEvent.Told(
                        "",
                        EventKind.ERASED.word(),
                        "The person was forgotten when the time of retention.people was over."));
    }
}
