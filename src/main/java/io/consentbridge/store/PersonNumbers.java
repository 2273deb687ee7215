package io.consentbridge.store;

import io.consentbridge.consent.Person;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * The numbers of people in the database (decision 0007). They are given in the order in which people are first seen, so that
 * rows about the people of one page are close together in every table and index.
 */
public final class PersonNumbers {

    private static final int LONGEST = 320;

    private final Map<Person, Long> numbers;
    private final Map<Long, Person> people;

    private PersonNumbers(Map<Person, Long> numbers) {
        this.numbers = numbers;
        this.people = numbers.entrySet().stream().collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));
    }

    /** The numbers that these people have. */
    public static PersonNumbers of(Map<Person, Long> numbers) {
        return new PersonNumbers(Map.copyOf(numbers));
    }

    /** The numbers of those people who have one. */
    public static PersonNumbers known(Handle handle, Collection<Person> people) {
        return new PersonNumbers(find(handle, Columns.addresses(people)));
    }

    /**
     * The numbers of all these people, within the caller's transaction; people who are new get numbers that follow each other.
     * Nobody has an address of more than 320 characters.
     */
    public static PersonNumbers of(Handle handle, Collection<Person> people) {
        List<String> addresses = Columns.addresses(people);
        Map<Person, Long> numbers = find(handle, addresses);
        List<String> strangers = people.stream()
                .filter(person -> !numbers.containsKey(person))
                .map(Person::address)
                .filter(PersonNumbers::possible)
                .distinct()
                .toList();
        if (!strangers.isEmpty()) {
            insert(handle, strangers);
            numbers.putAll(find(handle, strangers));
        }
        return new PersonNumbers(numbers);
    }

    // Sorted, so that two transactions that see the same people at once wait for each other in turn.
    private static void insert(Handle handle, List<String> strangers) {
        BulkInsert.into("person", strangers.stream().sorted().toList())
                .texts("address", address -> address)
                .executeUnlessThere(handle);
    }

    static boolean possible(String address) {
        return address.length() <= LONGEST;
    }

    private static Map<Person, Long> find(Handle handle, List<String> wanted) {
        Map<Person, Long> numbers = new HashMap<>();
        List<String> addresses = wanted.stream().filter(PersonNumbers::possible).toList();
        if (addresses.isEmpty()) {
            return numbers;
        }
        handle.createQuery("""
                        select p.id, p.address from unnest(:people) as wanted (address)
                        join person p on p.address = wanted.address
                        where p.id is not null
                        """)
                .bindArray("people", String.class, addresses)
                .map((row, context) -> numbers.put(new Person(row.getString("address")), row.getLong("id")))
                .list();
        return numbers;
    }

    /** The people with these numbers. */
    public static PersonNumbers numbered(Handle handle, Collection<Long> wanted) {
        Map<Person, Long> numbers = new HashMap<>();
        if (!wanted.isEmpty()) {
            handle.createQuery("select id, address from person where id = any(:wanted)")
                    .bindArray("wanted", Long.class, List.copyOf(wanted))
                    .map((row, context) -> numbers.put(new Person(row.getString("address")), row.getLong("id")))
                    .list();
        }
        return new PersonNumbers(numbers);
    }

    /**
     * The person's number.
     *
     * @throws IllegalArgumentException if the person is not among them
     */
    public long of(Person person) {
        return find(person).orElseThrow(() -> new IllegalArgumentException("a person has no number here"));
    }

    /** The person's number; empty if there is none. */
    public Optional<Long> find(Person person) {
        return Optional.ofNullable(numbers.get(person));
    }

    /** The person with that number; null if it is none of these. */
    public Person person(long number) {
        return people.get(number);
    }

    /** All numbers, in their order. */
    public List<Long> all() {
        return people.keySet().stream().sorted().toList();
    }
}
