package io.consentbridge.outbox;

import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.consent.Person;
import io.consentbridge.store.Columns;
import io.consentbridge.store.PersonNumbers;
import io.consentbridge.sync.Outcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Cancels, within a transaction, a pending removal when another record of the person appears. Opt-outs are never cancelled.
 */
final class RemovalCancellation {

    private final Handle handle;

    RemovalCancellation(Handle handle) {
        this.handle = handle;
    }

    /** A removal in flight is not cancelled. */
    void stay(long listId, Collection<Person> people, String byRun) {
        OutcomeUpdates fates = new OutcomeUpdates(handle);
        List<Long> stay = new ArrayList<>();
        // Read again under the lock: until now the person may have refused, or another sync may have replaced or a
        // worker claimed the removal.
        handle.createQuery("""
                        select id, outcome_id from delivery
                        where id = any(:ids)
                          and action <> 'subscribe' and held_because is not null and claimed_by is null
                        order by id for update
                        """)
                .bindArray("ids", Long.class, leaving(listId, people))
                .map((row, context) -> {
                    fates.settle(
                            Columns.number(row, "outcome_id"),
                            false,
                            new Outcome.Ignored(IgnoreReason.OTHER),
                            "stays on the list: run " + byRun + " read another record of the same person");
                    return stay.add(row.getLong("id"));
                })
                .list();
        fates.write();
        DeliveryRows.delete(handle, stay);
    }

    private List<Long> leaving(long listId, Collection<Person> people) {
        return handle.createQuery("""
                        select d.id from unnest(:people) as wanted (id)
                        join delivery d on d.person_id = wanted.id and d.list_id = :list
                        where d.action <> 'subscribe' and d.held_because is not null and d.claimed_by is null
                        """)
                .bindArray(
                        "people",
                        Long.class,
                        PersonNumbers.known(handle, people).all())
                .bind("list", listId)
                .mapTo(Long.class)
                .list();
    }
}
