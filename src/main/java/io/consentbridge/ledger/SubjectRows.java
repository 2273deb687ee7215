package io.consentbridge.ledger;

import io.consentbridge.consent.Person;
import io.consentbridge.proof.Hash;
import io.consentbridge.proof.SealingKey;
import io.consentbridge.store.PersonNumbers;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Reads and writes rows of the table ledger_subject. */
final class SubjectRows {

    private SubjectRows() {}

    /** Destroys the keys and the evidence of these people; what is not sequenced yet is about somebody unknown from now on. */
    static void destroy(Handle handle, PersonNumbers people) {
        for (long number : people.all()) {
            destroy(handle, number, people.person(number));
        }
    }

    private static void destroy(Handle handle, long number, Person person) {
        List<Long> subjects = handle.createQuery("select id from ledger_subject where person_id = :person order by id")
                .bind("person", number)
                .mapTo(Long.class)
                .list();
        Imports.take(handle, number);
        boolean waiting = handle.createQuery(
                        "select 1 from ledger_event where person_id = :person fetch first row only")
                .bind("person", number)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
        if (waiting) {
            long subject = subjects.isEmpty() ? unreadable(handle, person) : subjects.get(0);
            handle.createUpdate("""
                            update ledger_event set subject = :subject, person_id = null, record_id = null, evidence = null
                            where person_id = :person
                            """)
                    .bind("subject", subject)
                    .bind("person", number)
                    .execute();
        }
        if (!subjects.isEmpty()) {
            handle.createUpdate(
                            "update ledger_entry set record_id = null, sealed = null where subject = any(:subjects)")
                    .bindArray("subjects", Long.class, subjects)
                    .execute();
            handle.createUpdate(
                            "update ledger_subject set person_id = null, wrapped_key = null, master = null where person_id = :person")
                    .bind("person", number)
                    .execute();
        }
    }

    /** A subject whose key nobody has. */
    private static long unreadable(Handle handle, Person person) {
        Hash subject = SealingKey.random().subject(person.address());
        return handle.createQuery("insert into ledger_subject (subject) values (:subject) returning id")
                .bind("subject", subject.bytes())
                .mapTo(Long.class)
                .one();
    }
}
