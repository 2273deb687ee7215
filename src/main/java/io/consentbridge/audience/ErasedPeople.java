package io.consentbridge.audience;

import io.consentbridge.consent.AddressForm;
import io.consentbridge.consent.Person;
import io.consentbridge.proof.SealingKey;
import io.consentbridge.store.Database;
import io.consentbridge.store.PersonNumbers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Recognises people who were erased, by keyed hashes of their addresses and of the ids of their records. While nobody was ever
 * erased it costs one query that finds no row.
 *
 * <p>A hash keeps the form of the address by which it was made ({@link AddressForm}), so an address is looked for in that form, too.
 * Two addresses that were one person then count as that person.
 */
public final class ErasedPeople {

    private final Database database;
    private final Supplier<SealingKey> key;
    private final Function<String, Set<String>> forms;

    /** @param key the suppression key; asked for only when somebody was erased */
    public ErasedPeople(Database database, Supplier<SealingKey> key) {
        this(database, key, AddressForm::everCompared);
    }

    /** @param forms every form of an address by which hashes were made */
    ErasedPeople(Database database, Supplier<SealingKey> key, Function<String, Set<String>> forms) {
        this.database = database;
        this.key = key;
        this.forms = forms;
    }

    /** People of a database without keys, in which nobody is erased. */
    public static ErasedPeople none(Database database) {
        return new ErasedPeople(database, () -> {
            throw new IllegalStateException("people were erased, and there is no key by which to recognise them");
        });
    }

    /** What is kept of an address: a keyed hash of its form of today, in hexadecimal digits. */
    public String subject(Person person) {
        return subject(key.get(), person.address());
    }

    /** What may have been kept of an address, by this version and by earlier ones. */
    public Set<String> subjects(Person person) {
        return subjects(key.get(), person.address());
    }

    /** What is kept of the id of a CRM record: a keyed hash, in hexadecimal digits. */
    public String subject(String connection, String recordId) {
        return subject(key.get(), connection, recordId);
    }

    private static String subject(SealingKey secret, String form) {
        return secret.subject(form).hex();
    }

    private Set<String> subjects(SealingKey secret, String spelling) {
        return forms.apply(spelling).stream()
                .map(form -> subject(secret, form))
                .collect(Collectors.toCollection(LinkedHashSet::new));
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
        return among(handle, people, Person::address);
    }

    /**
     * Those of these whose address is one of somebody who was erased.
     *
     * @param spelling the address as it is written there, by which an earlier version may have known the person
     */
    public <T> Set<T> among(Collection<T> all, Function<T, String> spelling) {
        return database.query(handle -> among(handle, all, spelling));
    }

    private <T> Set<T> among(Handle handle, Collection<T> all, Function<T, String> spelling) {
        if (all.isEmpty() || !anybody(handle)) {
            return Set.of();
        }
        SealingKey secret = key.get();
        Map<String, Set<T>> subjects = new HashMap<>();
        all.forEach(one -> subjects(secret, spelling.apply(one))
                .forEach(subject -> subjects.computeIfAbsent(subject, none -> new HashSet<>())
                        .add(one)));
        return find(handle, subjects.keySet()).stream()
                .flatMap(subject -> subjects.get(subject).stream())
                .collect(Collectors.toSet());
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
     * @param byRecord the addresses of each record as they are written there, by its id, for every record of the page; asked for
     *     only when somebody was erased
     */
    public Set<String> records(String connection, Supplier<Map<String, Set<String>>> byRecord) {
        return database.query(handle -> {
            if (!anybody(handle)) {
                return Set.<String>of();
            }
            Map<String, Set<String>> addresses = byRecord.get();
            Map<String, Set<String>> records = new HashMap<>();
            SealingKey secret = key.get();
            addresses.forEach((record, spellings) -> {
                records.computeIfAbsent(subject(secret, connection, record), none -> new HashSet<>())
                        .add(record);
                spellings.stream()
                        .flatMap(spelling -> subjects(secret, spelling).stream())
                        .forEach(subject -> records.computeIfAbsent(subject, none -> new HashSet<>())
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
