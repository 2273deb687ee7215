package io.consentbridge.audience;

import io.consentbridge.consent.Person;
import io.consentbridge.proof.SealingKey;
import io.consentbridge.store.Database;
import io.consentbridge.store.PersonNumbers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Recognises people who were erased, by keyed hashes of their addresses and of the ids of their records. While nobody was ever
 * erased it costs one query that finds no row.
 */
public final class ErasedPeople {

    private final Database database;
    private final Supplier<SealingKey> key;

    /** @param key the suppression key; asked for only when somebody was erased */
    public ErasedPeople(Database database, Supplier<SealingKey> key) {
        this.database = database;
        this.key = key;
    }

    /** People of a database without keys, in which nobody is erased. */
    public static ErasedPeople none(Database database) {
        return new ErasedPeople(database, () -> {
            throw new IllegalStateException("people were erased, and there is no key by which to recognise them");
        });
    }

    /** What is kept of an address: a keyed hash, in hexadecimal digits. */
    public String subject(Person person) {
        return subject(key.get(), person);
    }

    /** What is kept of the id of a CRM record: a keyed hash, in hexadecimal digits. */
    public String subject(String connection, String recordId) {
        return subject(key.get(), connection, recordId);
    }

    private static String subject(SealingKey secret, Person person) {
        return secret.subject(person.address()).hex();
    }

    private static String subject(SealingKey secret, String connection, String recordId) {
        return secret.subject("record " + connection + " " + recordId).hex();
    }

    /** Those of these people who were erased. */
    public Set<Person> among(Collection<Person> people) {
        return database.query(handle -> among(handle, people));
    }

    /** {@link #among(Collection)} within the caller's transaction. */
    public Set<Person> among(Handle handle, Collection<Person> people) {
        if (people.isEmpty() || !anybody(handle)) {
            return Set.of();
        }
        SealingKey secret = key.get();
        Map<String, Person> subjects = new HashMap<>();
        people.forEach(person -> subjects.put(subject(secret, person), person));
        return find(handle, subjects.keySet()).stream().map(subjects::get).collect(Collectors.toSet());
    }

    /** The numbers of those of these people who were erased, within the caller's transaction. */
    public Set<Long> numbers(Handle handle, Collection<Long> people) {
        if (people.isEmpty() || !anybody(handle)) {
            return Set.of();
        }
        PersonNumbers known = PersonNumbers.numbered(handle, people);
        List<Person> all = known.all().stream().map(known::person).toList();
        return among(handle, all).stream().map(known::of).collect(Collectors.toSet());
    }

    /**
     * The ids of those of these records that stand for people who were erased: a record that stood for one of them, and one
     * that has an address of theirs.
     *
     * @param byRecord the people of the addresses of each record, by its id, for every record of the page; asked for only when
     *     somebody was erased
     */
    public Set<String> records(String connection, Supplier<Map<String, Set<Person>>> byRecord) {
        return database.query(handle -> {
            if (!anybody(handle)) {
                return Set.<String>of();
            }
            Map<String, Set<Person>> addresses = byRecord.get();
            Map<String, Set<String>> records = new HashMap<>();
            SealingKey secret = key.get();
            addresses.forEach((record, people) -> {
                records.computeIfAbsent(subject(secret, connection, record), none -> new HashSet<>())
                        .add(record);
                people.forEach(person -> records.computeIfAbsent(subject(secret, person), none -> new HashSet<>())
                        .add(record));
            });
            return find(handle, records.keySet()).stream()
                    .flatMap(subject -> records.get(subject).stream())
                    .collect(Collectors.toSet());
        });
    }

    private static boolean anybody(Handle handle) {
        return handle.createQuery("select 1 from erasure fetch first row only")
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    private static List<String> find(Handle handle, Collection<String> subjects) {
        return handle.createQuery("""
                        select e.subject from unnest(:subjects) as wanted (subject)
                        join erased_subject e on e.subject = wanted.subject
                        where e.subject is not null
                        """)
                .bindArray("subjects", String.class, new ArrayList<>(subjects))
                .mapTo(String.class)
                .list();
    }
}
