package io.consentbridge.outbox;

import io.consentbridge.store.Columns;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Moves deliveries into the table dead_letter; the rows of the outbox are removed by the caller. */
final class DeadLetterRows {

    private static final int CODE = 64;
    private static final int CAUSE = 2000;

    private final PreparedBatch room;
    private final PreparedBatch insert;
    private final PreparedBatch back;
    private final Instant now;

    DeadLetterRows(Handle handle, Instant now) {
        this.now = now;
        room = handle.prepareBatch("""
                delete from dead_letter
                where list_id = (select list_id from delivery where id = :id)
                  and person_id = (select person_id from delivery where id = :id)
                """);
        insert = handle.prepareBatch("""
                insert into dead_letter (list_id, person_id, connection, sync, action, priority, content, fingerprint, run_id,
                    record_id, outcome_id, on_success, on_success_reason, on_success_updated, put_back, code, cause, history,
                    parked_at)
                select d.list_id, d.person_id, d.connection, coalesce(r.sync, ''), d.action, d.priority, d.content,
                    d.fingerprint, d.run_id, d.record_id, d.outcome_id, d.on_success, d.on_success_reason, d.on_success_updated,
                    d.put_back, cast(:code as varchar(64)), cast(:cause as varchar(2000)), cast(:history as varchar(8000)),
                    cast(:now as timestamp with time zone)
                from delivery d left join run r on r.id = d.run_id where d.id = :id
                """);
        back = handle.prepareBatch("""
                update dead_letter
                set code = :code, cause = :cause, history = :history, parked_at = :now, replayed = replayed + 1,
                    replaying = false
                where id = :id
                """);
    }

    /**
     * @param deadLetter the one that the delivery was a replay of; null for none
     * @param code null for none
     */
    void park(long deliveryId, Long deadLetter, String code, String cause, String history) {
        if (deadLetter == null) {
            room.bind("id", deliveryId).add();
        }
        (deadLetter == null ? insert.bind("id", deliveryId) : back.bind("id", deadLetter))
                .bind("code", Columns.clip(code, CODE))
                .bind("cause", Columns.clip(cause, CAUSE))
                .bind("history", history)
                .bind("now", now)
                .add();
    }

    void write() {
        room.execute();
        insert.execute();
        back.execute();
    }

    static void delete(Handle handle, Collection<Long> ids) {
        if (!ids.isEmpty()) {
            handle.createUpdate("delete from dead_letter where id = any(:ids)")
                    .bindArray("ids", Long.class, List.copyOf(ids))
                    .execute();
        }
    }
}
