package io.consentbridge.decision;

import io.consentbridge.consent.Person;
import io.consentbridge.store.BulkInsert;
import io.consentbridge.store.Columns;
import io.consentbridge.store.PersonNumbers;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Reads and writes rows of the table unknown_word: people with a record, in any module, that names an unknown word for the
 * lawful basis. They are withheld, whatever their other records say; nobody leaves a list because of it
 * (docs/decisions/0013-rulings.md, ruling 14).
 */
public final class WithheldPeople {

    private WithheldPeople() {}

    /**
     * A person, and the record that names the word.
     *
     * @param origin as of a suppression
     */
    public record Withheld(Person person, String origin) {}

    /**
     * Replaces what records said earlier by what they say now. What a later modification of a record said stays, since pages
     * may be stored in another order than they were read.
     *
     * @param spoke origins of all records that were read, with the modification of the record
     */
    public static void replace(Handle handle, String connection, Map<String, Instant> spoke, List<Withheld> withheld) {
        if (spoke.isEmpty() || withheld.isEmpty() && isEmpty(handle, connection)) {
            return;
        }
        Map<String, Instant> said = said(handle, connection, spoke.keySet());
        Set<String> older = said.keySet().stream()
                .filter(origin -> said.get(origin).isAfter(spoke.get(origin)))
                .collect(Collectors.toSet());
        handle.createUpdate("delete from unknown_word where connection = :connection and origin = any(:origins)")
                .bind("connection", connection)
                .bindArray(
                        "origins",
                        String.class,
                        said.keySet().stream()
                                .filter(origin -> !older.contains(origin))
                                .toList())
                .execute();
        List<Withheld> distinct = withheld.stream()
                .distinct()
                .filter(row -> !older.contains(row.origin()))
                .toList();
        PersonNumbers people =
                PersonNumbers.of(handle, distinct.stream().map(Withheld::person).toList());
        BulkInsert.into("unknown_word", distinct)
                .text("connection", connection)
                .numbers("person_id", row -> people.of(row.person()))
                .texts("origin", Withheld::origin)
                .times("said_by", row -> spoke.get(row.origin()))
                .execute(handle);
    }

    /** Those of these origins that name an unknown word, with the modification that names it. */
    private static Map<String, Instant> said(Handle handle, String connection, Collection<String> origins) {
        Map<String, Instant> said = new HashMap<>();
        handle.createQuery("""
                        select u.origin, u.said_by from unnest(:origins) as wanted (origin)
                        join unknown_word u on u.origin = wanted.origin and u.connection = :connection
                        """)
                .bind("connection", connection)
                .bindArray("origins", String.class, List.copyOf(origins))
                .map((row, context) -> said.merge(
                        row.getString("origin"),
                        Columns.instant(row, "said_by"),
                        (one, other) -> one.isAfter(other) ? one : other))
                .list();
        return said;
    }

    /** The origins that withhold each of these people. */
    public static Map<Person, Set<String>> of(Handle handle, String connection, PersonNumbers people) {
        Map<Person, Set<String>> withheld = new HashMap<>();
        if (!isEmpty(handle, connection)) {
            handle.createQuery("""
                            select u.person_id, u.origin from unnest(:wanted) as wanted (id)
                            join unknown_word u on u.person_id = wanted.id and u.connection = :connection
                            """)
                    .bindArray("wanted", Long.class, people.all())
                    .bind("connection", connection)
                    .map((row, context) -> withheld.computeIfAbsent(
                                    people.person(row.getLong("person_id")), none -> new HashSet<>())
                            .add(row.getString("origin")))
                    .list();
        }
        return withheld;
    }

    private static boolean isEmpty(Handle handle, String connection) {
        return handle.createQuery("select 1 from unknown_word where connection = :connection fetch first row only")
                .bind("connection", connection)
                .mapTo(Integer.class)
                .findOne()
                .isEmpty();
    }
}
