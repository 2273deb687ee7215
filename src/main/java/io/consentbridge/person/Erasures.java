package io.consentbridge.person;

import io.consentbridge.audience.ErasedPeople;
import io.consentbridge.audience.Suppression;
import io.consentbridge.audience.Suppressions;
import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.consent.Person;
import io.consentbridge.ledger.EventKind;
import io.consentbridge.ledger.LedgerEvent;
import io.consentbridge.ledger.LedgerRows;
import io.consentbridge.store.AmongPeople;
import io.consentbridge.store.BulkInsert;
import io.consentbridge.store.Columns;
import io.consentbridge.store.Database;
import io.consentbridge.store.PersonNumbers;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Erases people: everything that is stored here about them, except a keyed hash of their address and of the ids of their records,
 * by which they are recognised and refused when the CRM brings them again.
 *
 * <p>An erasure has two steps. {@link #begin} makes it irrevocable in one transaction: the hashes are kept, the person is
 * suppressed everywhere, their removal from every list waits in the outbox, and what steers nothing is deleted. {@link #advance}
 * finishes it once the removals have left, the ledger has sealed its last entry, and no run is reading that began before; until
 * then the outbox needs the address. A process that dies in between leaves the erasure to the next one.
 */
public final class Erasures {

    private static final Logger LOG = LoggerFactory.getLogger(Erasures.class);

    private static final int MANY = 2_000;

    private final Database database;
    private final Lists lists;
    private final Leavers leavers;
    private final Suppressions suppressions;
    private final ErasedPeople erased;
    private final PersonKeys keys;
    private final InstantSource clock;

    Erasures(
            Database database,
            Lists lists,
            Leavers leavers,
            Suppressions suppressions,
            ErasedPeople erased,
            PersonKeys keys,
            InstantSource clock) {
        this.database = database;
        this.lists = lists;
        this.leavers = leavers;
        this.suppressions = suppressions;
        this.erased = erased;
        this.keys = keys;
        this.clock = clock;
    }

    /** Seals evidence about people, and destroys what opens it. */
    public interface PersonKeys {

        /** Seals what the ledger has not sealed yet, as far as this process can do it now. */
        void seal();

        /** Destroys keys and evidence, within the caller's transaction. */
        void destroy(Handle handle, Collection<Person> people);
    }

    /**
     * An erasure that began.
     *
     * @param id its number
     * @param again whether the person had been erased before, and nothing was stored about them since
     * @param leaving the removals that wait
     * @param unreachable lists that they are or may be on, and that nobody can be taken off: their connection is no longer in the
     *     files
     * @param records the CRM records of the person that are known, as connection and id, which must be deleted in the CRM by hand
     * @param others other addresses that those records have or had, which are people of their own here
     */
    public record Begun(
            long id,
            boolean again,
            List<Leaving> leaving,
            List<Scope> unreachable,
            List<String> records,
            List<String> others) {
        @Override
        public String toString() {
            return "erasure " + id;
        }
    }

    /**
     * How far an erasure is.
     *
     * @param removed whether nothing is stored about the person any more
     * @param clean whether the files of the database do not hold deleted rows of theirs any more, as far as this process can say
     * @param waitsFor why it is not removed yet, in sentences without personal data
     * @param rows how many rows of which table were removed
     */
    public record Progress(long id, boolean removed, boolean clean, List<String> waitsFor, Map<String, Integer> rows) {}

    /** Begins the erasure of a person, known or not. May be repeated. */
    public Begun begin(Person person) {
        List<Lists.Exit> exits = lists.exits(lists.everywhere());
        Set<String> known = erased.subjects(person);
        return database.transaction(handle -> {
            Optional<Long> number = PersonNumbers.known(handle, List.of(person)).find(person);
            Optional<Long> before = number.isPresent() ? pending(handle, number.get()) : earlier(handle, known);
            List<String> others = number.map(one -> others(handle, one)).orElse(List.of());
            long id = before.orElseGet(() -> insert(handle, number));
            Set<KnownRecord> records = records(handle, person);
            keep(handle, subjects(person, records), id);
            if (number.isEmpty()) {
                return new Begun(id, before.isPresent(), List.of(), List.of(), List.of(), List.of());
            }
            suppressions.add(
                    handle,
                    connections()
                            .map(connection -> suppression(connection, person))
                            .toList());
            List<Leaving> leaving = new ArrayList<>();
            exits.forEach(exit -> leaving.addAll(leavers.erase(handle, exit, person)));
            if (before.isEmpty()) {
                LedgerRows.append(handle, List.of(event(person)));
            }
            List<Scope> unreachable = lists.unreachable(listed(handle, number.get()));
            count(handle, id, PersonRows.first(handle, number.get(), records));
            return new Begun(
                    id,
                    false,
                    leaving,
                    unreachable,
                    records.stream()
                            .map(record -> (record.connection() + " " + record.id()).strip())
                            .distinct()
                            .toList(),
                    others);
        });
    }

    private Stream<String> connections() {
        return lists.everywhere().stream().map(Scope::connection);
    }

    /** By what the person is recognised. */
    private Set<String> subjects(Person person, Set<KnownRecord> records) {
        Set<String> subjects = new LinkedHashSet<>(Set.of(erased.subject(person)));
        records.forEach(record -> connections()
                .filter(connection ->
                        record.connection().isEmpty() || record.connection().equals(connection))
                .forEach(connection -> subjects.add(erased.subject(connection, record.id()))));
        return subjects;
    }

    /** The lists that the person is or may be on, or that deliveries of theirs are about. */
    private static List<Long> listed(Handle handle, long person) {
        return handle.createQuery("""
                        select m.list_id from mailing_list l cross join list_member m
                        where m.list_id = l.id and m.person_id = :person and (m.active or m.unsure)
                        union select d.list_id from delivery d where d.person_id = :person
                        order by 1
                        """).bind("person", person).mapTo(Long.class).list();
    }

    private Suppression suppression(String connection, Person person) {
        return new Suppression(
                connection,
                person,
                Suppression.EVERY_LIST,
                Suppression.ERASED,
                IgnoreReason.OPTED_OUT,
                clock.instant());
    }

    private LedgerEvent event(Person person) {
        return LedgerEvent.byOperator(EventKind.ERASED, person, "The person was erased.", Map.of(), clock.instant());
    }

    private Set<KnownRecord> records(Handle handle, Person person) {
        Set<KnownRecord> records = new LinkedHashSet<>();
        handle.createQuery("""
                        select s.sync, '' as connection, s.record_id
                        from person p join source_record s on s.person_id = p.id where p.address = :person
                        union
                        select '', f.connection, f.record_id
                        from person p join former_address f on f.person_id = p.id where p.address = :person
                        union
                        select '', f.connection, f.record_id
                        from person p join former_address f on f.former_id = p.id where p.address = :person
                        union
                        select '', k.connection, v.record_id
                        from person p join ledger_event v on v.person_id = p.id join ledger_kind k on k.id = v.kind
                        where p.address = :person
                        union
                        select '', k.connection, e.record_id
                        from person p join ledger_subject u on u.person_id = p.id join ledger_entry e on e.subject = u.id
                        join ledger_kind k on k.id = e.kind
                        where p.address = :person
                        union
                        select '', r.connection, r.record_id
                        from person p join confirmation_request r on r.person_id = p.id where p.address = :person
                        """)
                .bind("person", person.address())
                .map((row, context) -> {
                    String sync = row.getString("sync");
                    String id = row.getString("record_id");
                    if (id != null) {
                        records.add(new KnownRecord(
                                sync.isEmpty()
                                        ? row.getString("connection")
                                        : lists.connection(sync).orElse(""),
                                id));
                    }
                    return id;
                })
                .list();
        return records;
    }

    private static List<String> others(Handle handle, long person) {
        return handle.createQuery("""
                        select o.address from former_address f join person o on o.id = f.former_id
                        where f.person_id = :person
                        union
                        select o.address from former_address f join person o on o.id = f.person_id
                        where f.former_id = :person
                        order by 1
                        """)
                .bind("person", person)
                .mapTo(String.class)
                .list();
    }

    private static Optional<Long> pending(Handle handle, long person) {
        return handle.createQuery("select id from erasure where person_id = :person")
                .bind("person", person)
                .mapTo(Long.class)
                .findFirst();
    }

    private static Optional<Long> earlier(Handle handle, Set<String> subjects) {
        return handle.createQuery(
                        "select erasure from erased_subject where subject = any(:subjects) order by erasure desc")
                .bindArray("subjects", String.class, List.copyOf(subjects))
                .mapTo(Long.class)
                .findFirst();
    }

    private long insert(Handle handle, Optional<Long> person) {
        Instant now = clock.instant();
        return handle.createQuery("""
                        insert into erasure (person_id, asked_at, removed_at, cleaned_at)
                        values (:person, :now, :done, :done) returning id
                        """)
                .bindByType("person", person.orElse(null), Long.class)
                .bind("now", now)
                .bindByType("done", person.isPresent() ? null : now, Instant.class)
                .mapTo(Long.class)
                .one();
    }

    private static void keep(Handle handle, Set<String> subjects, long erasure) {
        BulkInsert.into("erased_subject", List.copyOf(subjects))
                .texts("subject", subject -> subject)
                .number("erasure", erasure)
                .executeUnlessThere(handle);
    }

    private static void count(Handle handle, long erasure, Map<String, Integer> removed) {
        Map<String, Integer> all = new LinkedHashMap<>(counted(handle, erasure));
        removed.forEach((table, rows) -> all.merge(table, rows, Integer::sum));
        handle.createUpdate("update erasure set removed = :removed where id = :id")
                .bind("removed", RemovedRows.write(all))
                .bind("id", erasure)
                .execute();
    }

    private static Map<String, Integer> counted(Handle handle, long erasure) {
        return handle.createQuery("select removed from erasure where id = :id")
                .bind("id", erasure)
                .map((row, context) -> Columns.optionalText(row, "removed")
                        .map(RemovedRows::read)
                        .orElse(Map.of()))
                .one();
    }

    /**
     * Goes on with every erasure that is pending, as far as it can be; cheap when there is none.
     *
     * @return how many are still pending
     */
    public int advance() {
        List<Long> pending = database.query(
                handle -> handle.createQuery("select id from erasure where cleaned_at is null order by id")
                        .mapTo(Long.class)
                        .list());
        int left = 0;
        for (long id : pending) {
            Progress progress = advance(id);
            if (!progress.clean()) {
                left++;
            }
        }
        return left;
    }

    /**
     * Begins the erasure of people anew who were erased and are stored nevertheless: who recognised nobody erased before an erasure
     * may have stored them after it. Reads all people.
     *
     * @return how many they are
     */
    public int eraseAgain() {
        int again = 0;
        List<Long> some = people(0);
        while (!some.isEmpty()) {
            List<Person> back = stored(some);
            back.forEach(this::begin);
            again += back.size();
            some = people(some.get(some.size() - 1));
        }
        if (again > 0) {
            LOG.warn("people who had been erased were stored again; they are erased anew: {}", again);
        }
        return again;
    }

    private List<Long> people(long after) {
        return database.query(handle -> handle.createQuery(
                        "select id from person where id > :after order by id fetch first :many rows only")
                .bind("after", after)
                .bind("many", MANY)
                .mapTo(Long.class)
                .list());
    }

    /** Those of these people who were erased, and whose erasure is not under way. */
    private List<Person> stored(List<Long> some) {
        return database.query(handle -> {
            Set<Long> gone = new LinkedHashSet<>(erased.numbers(handle, some));
            if (gone.isEmpty()) {
                return List.of();
            }
            handle.createQuery("select person_id from erasure where person_id = any(:people)")
                    .bindArray("people", Long.class, List.copyOf(gone))
                    .mapTo(Long.class)
                    .forEach(gone::remove);
            PersonNumbers numbers = PersonNumbers.numbered(handle, gone);
            return gone.stream().map(numbers::person).toList();
        });
    }

    /** Whether an erasure has that number. */
    public boolean exists(long id) {
        return database.query(handle -> handle.createQuery("select 1 from erasure where id = :id")
                .bind("id", id)
                .mapTo(Integer.class)
                .findOne()
                .isPresent());
    }

    /** Goes on with one erasure as far as it can be. */
    public Progress advance(long id) {
        Optional<Long> person = database.query(handle -> person(handle, id));
        List<String> waits = List.of();
        if (person.isPresent()) {
            keys.seal();
            waits = database.query(handle -> waits(handle, id, person.get()));
            if (waits.isEmpty()) {
                waits = remove(id, person.get());
            }
            if (waits.isEmpty()) {
                LOG.info("erasure {}: everything that was stored about the person is removed", id);
            }
        }
        boolean clean = waits.isEmpty() && clean(id);
        return new Progress(id, waits.isEmpty(), clean, waits, database.query(handle -> counted(handle, id)));
    }

    private List<String> waits(Handle handle, long id, long person) {
        return handle.createQuery("select asked_at from erasure where id = :id and removed_at is null")
                .bind("id", id)
                .map((row, context) -> Columns.instant(row, "asked_at"))
                .findOne()
                .map(asked -> Pending.of(handle, person, asked, lists.connections()))
                .orElse(List.of());
    }

    private static Optional<Long> person(Handle handle, long id) {
        return handle.createQuery("select person_id from erasure where id = :id and removed_at is null")
                .bind("id", id)
                .map((row, context) -> Columns.number(row, "person_id"))
                .findOne();
    }

    /** The outcomes of a person; they have no index by person, so this reads all of them. */
    private static List<Long> outcomes(Handle handle, long person) {
        return handle.createQuery("select id from outcome where person_id = :person")
                .bind("person", person)
                .mapTo(Long.class)
                .list();
    }

    // A transaction that has looked the person's number up would store rows of nobody afterwards.
    private List<String> remove(long id, long person) {
        List<Long> outcomes = database.query(handle -> outcomes(handle, person));
        return AmongPeople.alone(database, handle -> remove(handle, id, outcomes))
                .orElse(List.of("Others store people at this moment."));
    }

    private List<String> remove(Handle handle, long id, List<Long> outcomes) {
        Optional<Long> number = handle.createQuery(
                        "select person_id from erasure where id = :id and removed_at is null for update")
                .bind("id", id)
                .map((row, context) -> Columns.number(row, "person_id"))
                .findOne();
        if (number.isEmpty()) {
            return List.of();
        }
        List<String> waits = waits(handle, id, number.get());
        if (waits.isEmpty()) {
            Person person =
                    PersonNumbers.numbered(handle, List.of(number.get())).person(number.get());
            Set<KnownRecord> records = records(handle, person);
            keep(handle, subjects(person, records), id);
            keys.destroy(handle, List.of(person));
            count(handle, id, PersonRows.last(handle, number.get(), records, outcomes));
            handle.createUpdate("update erasure set removed_at = :now, person_id = null where id = :id")
                    .bind("now", clock.instant())
                    .bind("id", id)
                    .execute();
        }
        return waits;
    }

    private boolean clean(long id) {
        boolean clean = database.emptyLog();
        if (clean) {
            database.change(handle -> handle.createUpdate(
                            "update erasure set cleaned_at = :now where id = :id and cleaned_at is null")
                    .bind("now", clock.instant())
                    .bind("id", id)
                    .execute());
        }
        return clean;
    }
}
