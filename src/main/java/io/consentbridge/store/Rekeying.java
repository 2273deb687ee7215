package io.consentbridge.store;

import io.consentbridge.consent.AddressForm;
import io.consentbridge.consent.Person;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/**
 * Migrates people who were stored by an earlier form of addresses ({@link AddressForm}). Two people who turn out to be one
 * are merged ({@link MergedPeople}).
 *
 * <p>The migration is one transaction, and the row that remembers it is locked meanwhile: if several processes start at
 * once, one of them migrates, and if it is killed, the next one does.
 */
final class Rekeying {

    private static final int BATCH = 1000;

    private Rekeying() {}

    /** Whether people are stored in the current form. */
    static boolean isDone(Handle handle) {
        return handle.createQuery("select version from person_form")
                        .mapTo(Integer.class)
                        .one()
                >= AddressForm.VERSION;
    }

    /** Migrates people, unless they are stored in the current form. */
    static void run(Handle handle) {
        int stored = handle.createQuery("select version from person_form for update")
                .mapTo(Integer.class)
                .one();
        if (stored >= AddressForm.VERSION) {
            return;
        }
        long last = Long.MIN_VALUE;
        Map<Long, String> batch = batch(handle, last);
        while (!batch.isEmpty()) {
            for (Map.Entry<Long, String> person : batch.entrySet()) {
                last = person.getKey();
                rekey(handle, last, person.getValue());
            }
            batch = batch(handle, last);
        }
        handle.createUpdate("update person_form set version = :version")
                .bind("version", AddressForm.VERSION)
                .execute();
    }

    private static Map<Long, String> batch(Handle handle, long after) {
        Map<Long, String> batch = new TreeMap<>();
        handle.createQuery("select id, address from person where id > :after order by id limit :batch")
                .bind("after", after)
                .bind("batch", BATCH)
                .map((row, context) -> batch.put(row.getLong("id"), row.getString("address")))
                .list();
        return batch;
    }

    /** A delivery under the earlier form is a contact of Campaigns under that spelling. */
    private static void keepSpelling(Handle handle, long id) {
        handle.createUpdate("""
                        insert into listed_as (list_id, person_id, spelling, active, seen_at)
                        select /* joined as written */ m.list_id, m.person_id, p.address, m.active or m.unsure,
                            coalesce(m.seen_at, m.delivered_at)
                        from person p join mailing_list l on true
                        join list_member m on m.list_id = l.id and m.person_id = p.id
                        where p.id = :id and not exists (
                            select 1 from listed_as a
                            where a.list_id = m.list_id and a.person_id = m.person_id and a.spelling = p.address)
                        """).bind("id", id).execute();
    }

    private static void rekey(Handle handle, long id, String stored) {
        Person person = new Person(stored);
        if (person.address().equals(stored) || !PersonNumbers.possible(person.address())) {
            return;
        }
        Optional<Long> other = PersonNumbers.known(handle, List.of(person)).find(person);
        keepSpelling(handle, id);
        other.ifPresent(kept -> keepSpelling(handle, kept));
        if (other.isPresent()) {
            MergedPeople.merge(handle, id, other.get());
        } else {
            handle.createUpdate("update person set address = :address where id = :id")
                    .bind("address", person.address())
                    .bind("id", id)
                    .execute();
            // Campaigns refused another spelling.
            handle.createUpdate("delete from refused_address where person_id = :id")
                    .bind("id", id)
                    .execute();
        }
    }
}
