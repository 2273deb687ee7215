package io.consentbridge.ledger;

import io.consentbridge.proof.Hash;
import io.consentbridge.proof.SealingKey;
import io.consentbridge.store.BulkInsert;
import io.consentbridge.store.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** The subjects of one batch of events, with their keys. */
final class Subjects {

    private final Map<Long, Subject> ofPeople = new HashMap<>();
    private final Map<Long, Subject> numbered = new HashMap<>();

    private Subjects() {}

    private record Fresh(long person, Hash subject, SealingKey key, byte[] wrapped) {}

    /**
     * The subjects of these people, within the caller's transaction; people who have none get one.
     *
     * @param people number to address; empty for somebody whose address is gone
     * @param erased numbers of subjects whose keys are destroyed
     */
    static Subjects of(Handle handle, Keys keys, Map<Long, String> people, Collection<Long> erased) {
        Subjects subjects = new Subjects();
        subjects.find(handle, keys, people.keySet());
        List<Fresh> fresh = people.keySet().stream()
                .filter(person -> !subjects.ofPeople.containsKey(person))
                .sorted()
                .map(person -> fresh(keys, person, people.get(person)))
                .toList();
        if (!fresh.isEmpty()) {
            BulkInsert.into("ledger_subject", fresh)
                    .numbers("person_id", Fresh::person)
                    .bytes("subject", one -> one.subject().bytes())
                    .bytes("wrapped_key", Fresh::wrapped)
                    .number("master", keys.known().current())
                    .execute(handle);
            subjects.number(handle, fresh);
        }
        if (!erased.isEmpty()) {
            handle.createQuery("select id, subject from ledger_subject where id = any(:erased)")
                    .bindArray("erased", Long.class, List.copyOf(erased))
                    .map((row, context) -> new Subject(row.getLong("id"), Hash.of(row.getBytes("subject")), null))
                    .forEach(subject -> subjects.numbered.put(subject.id(), subject));
        }
        return subjects;
    }

    /** Finds the numbers that new subjects have got. */
    private void number(Handle handle, List<Fresh> fresh) {
        Map<Long, Fresh> byPerson = new HashMap<>();
        fresh.forEach(one -> byPerson.put(one.person(), one));
        handle.createQuery("select id, person_id from ledger_subject where person_id = any(:people)")
                .bindArray("people", Long.class, List.copyOf(byPerson.keySet()))
                .map((row, context) -> {
                    Fresh one = byPerson.get(row.getLong("person_id"));
                    return ofPeople.put(one.person(), new Subject(row.getLong("id"), one.subject(), one.key()));
                })
                .list();
    }

    private static Fresh fresh(Keys keys, long person, String address) {
        SealingKey key = SealingKey.random();
        Hash subject = key.subject(address);
        return new Fresh(person, subject, key, keys.wrap(key, subject));
    }

    /** Of several subjects of a person, who once were two, the first one counts. */
    private void find(Handle handle, Keys keys, Collection<Long> people) {
        if (!people.isEmpty()) {
            handle.createQuery("""
                            select id, person_id, subject, wrapped_key, master from ledger_subject
                            where person_id = any(:people) order by id desc
                            """)
                    .bindArray("people", Long.class, List.copyOf(people))
                    .map((row, context) -> ofPeople.put(row.getLong("person_id"), subject(keys, row)))
                    .list();
        }
    }

    private static Subject subject(Keys keys, ResultSet row) throws SQLException {
        Hash hash = Hash.of(row.getBytes("subject"));
        return new Subject(
                row.getLong("id"), hash, keys.unwrap(row.getBytes("wrapped_key"), Columns.number(row, "master"), hash));
    }

    /** That of a person; null for nobody. */
    Subject of(Long person) {
        return person == null ? null : ofPeople.get(person);
    }

    /** That of an erased person. */
    Subject numbered(long id) {
        return numbered.get(id);
    }
}
