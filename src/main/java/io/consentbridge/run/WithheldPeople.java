package io.consentbridge.run;

import io.consentbridge.consent.Person;
import io.consentbridge.store.BulkInsert;
import io.consentbridge.store.PersonNumbers;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Rows of the table unknown_word: people of whom one record, in whichever module, names a word for the lawful basis that
 * nobody knows. They are withheld, whatever their other records say; nobody leaves a list for it (ruling 14).
 */
public final class WithheldPeople {

    private WithheldPeople() {}

    /**
     * One person, and the record that names the word.
     *
     * @param origin as of a suppression
     */
    public record Withheld(Person person, String origin) {}

    /**
     * What records say now takes the place of what they said.
     *
     * @param spoke origins of all records that were read
     */
    static void replace(Handle handle, String connection, Collection<String> spoke, List<Withheld> withheld) {
        if (spoke.isEmpty() || withheld.isEmpty() && isEmpty(handle, connection)) {
            return;
        }
        handle.createUpdate("delete from unknown_word where connection = :connection and origin = any(:origins)")
                .bind("connection", connection)
                .bindArray("origins", String.class, List.copyOf(spoke))
                .execute();
        List<Withheld> distinct = withheld.stream().distinct().toList();
        PersonNumbers people =
                PersonNumbers.of(handle, distinct.stream().map(Withheld::person).toList());
        BulkInsert.into("unknown_word", distinct)
                .text("connection", connection)
                .numbers("person_id", row -> people.of(row.person()))
                .texts("origin", Withheld::origin)
                .execute(handle);
    }

    /** The origins that withhold each of these people. */
    static Map<Person, Set<String>> of(Handle handle, String connection, PersonNumbers people) {
        Map<Person, Set<String>> withheld = new HashMap<>();
        if (!isEmpty(handle, connection)) {
            handle.createQuery("""
                            select u.person_id, u.origin from unnest(cast(:wanted as bigint array)) as wanted (id)
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
