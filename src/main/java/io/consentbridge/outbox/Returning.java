package io.consentbridge.outbox;

import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.consent.Person;
import io.consentbridge.store.PersonNumbers;
import io.consentbridge.sync.Outcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Takes back, within a transaction, that somebody leaves for whom a record stands again; refusals are never taken back. */
final class Returning {

    private final Handle handle;

    Returning(Handle handle) {
        this.handle = handle;
    }

    /** What flies already is not caught. */
    void stay(long listId, Collection<Person> people, String byRun) {
        RecordFates fates = new RecordFates(handle);
        List<Long> stay = new ArrayList<>();
        handle.createQuery("""
                        select d.id, d.outcome_id from unnest(cast(:people as bigint array)) as wanted (id)
                        left join delivery d on d.person_id = wanted.id and d.list_id = :list
                        where d.action <> 'subscribe' and d.held_because is not null and d.claimed_by is null
                        """)
                .bindArray(
                        "people",
                        Long.class,
                        PersonNumbers.known(handle, people).all())
                .bind("list", listId)
                .map((row, context) -> {
                    fates.settle(
                            row.getObject("outcome_id", Long.class),
                            false,
                            new Outcome.Ignored(IgnoreReason.OTHER),
                            "stays on the list: run " + byRun + " met a record of the same person");
                    return stay.add(row.getLong("id"));
                })
                .list();
        fates.write();
        DeliveryRows.delete(handle, stay);
    }
}
