package io.consentbridge.outbox;

import io.consentbridge.audience.Batches;
import io.consentbridge.store.Columns;
import io.consentbridge.sync.Outcome;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Parks pending subscriptions as dead letters, within a transaction. */
final class Parking {

    private record Row(
            long id, UnconfirmedSubscription sent, Long outcomeId, Long deadLetter, String history, boolean claimed) {}

    private final Handle handle;
    private final Instant now;

    Parking(Handle handle, Instant now) {
        this.handle = handle;
        this.now = now;
    }

    /** A batch of them; returns how many, 0 when none is left. */
    int parkSome(long listId, String code, String cause) {
        List<Row> rows = handle.createQuery("""
                        select id, list_id, person_id, fingerprint, outcome_id, dead_letter, history,
                               claimed_by is not null as claimed
                        from delivery
                        where list_id = :list and action = 'subscribe' and (claimed_until is null or claimed_until <= :now)
                        order by id fetch first :max rows only for update skip locked
                        """)
                .bind("max", Batches.SIZE)
                .bind("list", listId)
                .bind("now", now)
                .map((row, context) -> new Row(
                        row.getLong("id"),
                        UnconfirmedSubscription.read(row, context),
                        Columns.number(row, "outcome_id"),
                        Columns.number(row, "dead_letter"),
                        row.getString("history"),
                        row.getBoolean("claimed")))
                .list();
        DeadLetterRows letters = new DeadLetterRows(handle, now);
        OutcomeUpdates fates = new OutcomeUpdates(handle);
        for (Row row : rows) {
            letters.park(row.id(), row.deadLetter(), code, cause, row.history());
            fates.settle(row.outcomeId(), row.deadLetter() != null, new Outcome.DeadLettered(), cause);
        }
        letters.write();
        fates.write();
        MemberRows.unsure(
                handle, rows.stream().filter(Row::claimed).map(Row::sent).toList(), now);
        DeliveryRows.delete(handle, rows.stream().map(Row::id).toList());
        return rows.size();
    }
}
