package io.consentbridge.outbox;

import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.store.Columns;
import io.consentbridge.store.StoredOutcome;
import io.consentbridge.sync.Outcome;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementContext;

/** Takes drafts into the outbox: the newest per person and list wins. */
final class Enqueuing {

    /** What a draft gives way to: a row that waits or flies, or a draft before it. */
    private record Older(String action, String runId, String recordId, Outcome onSuccess) {

        static Older of(Draft draft) {
            return new Older(draft.action().word(), draft.runId(), draft.recordId(), draft.onSuccess());
        }

        /** Whether the newer one does what this one was to do: take the person off the list. */
        boolean isDoneBy(Draft newer) {
            return newer.action() != Action.SUBSCRIBE
                    && action.equals(newer.action().word());
        }
    }

    private record Waiting(long id, Place place, Older older) {

        static Waiting of(ResultSet row, StatementContext context) throws SQLException {
            return new Waiting(
                    row.getLong("id"),
                    new Place(row.getLong("list_id"), row.getString("person")),
                    new Older(
                            row.getString("action"),
                            row.getString("run_id"),
                            row.getString("record_id"),
                            new StoredOutcome(
                                            row.getString("on_success"),
                                            row.getString("on_success_reason"),
                                            row.getBoolean("on_success_updated"))
                                    .outcome()));
        }
    }

    private static final String UPDATE = """
            update delivery
            set action = :action, priority = :priority, content = :content, fingerprint = :fingerprint, run_id = :run,
                record_id = :record, on_success = :success, on_success_reason = :reason, on_success_updated = :updated,
                version = version + 1, rounds = 0, history = null, due_at = :now, dead_letter = null
            where id = :id
            """;

    private static final String INSERT = """
            insert into delivery (list_id, person, connection, action, priority, content, fingerprint, run_id, record_id,
                on_success, on_success_reason, on_success_updated, due_at)
            values (:list, :person, :connection, :action, :priority, :content, :fingerprint, :run, :record,
                :success, :reason, :updated, :now)
            """;

    private final Handle handle;
    private final Instant now;
    private final RecordFates fates;

    Enqueuing(Handle handle, Instant now) {
        this.handle = handle;
        this.now = now;
        this.fates = new RecordFates(handle);
    }

    void enqueue(Collection<Draft> drafts) {
        Map<Place, Draft> newest = new LinkedHashMap<>();
        for (Draft draft : drafts) {
            Draft older = newest.put(new Place(draft.listId(), draft.person().address()), draft);
            if (older != null) {
                replaced(Older.of(older), draft);
            }
        }
        // Claimed in this order, neighbours in the indexes by person change together, which spares the disk.
        newest.values().stream()
                .sorted(Comparator.comparing(draft -> draft.person().address()))
                .collect(Collectors.groupingBy(Draft::listId))
                .forEach((listId, ofList) -> enqueue(listId, ofList, newest));
        fates.write();
    }

    private void enqueue(long listId, List<Draft> drafts, Map<Place, Draft> newest) {
        List<String> people =
                Columns.addresses(drafts.stream().map(Draft::person).toList());
        Map<Place, Waiting> waiting = waiting(listId, people);
        dropDeadLetters(listId, people);
        String connection = handle.createQuery("select connection from mailing_list where id = :list")
                .bind("list", listId)
                .mapTo(String.class)
                .one();
        PreparedBatch update = handle.prepareBatch(UPDATE);
        PreparedBatch insert = handle.prepareBatch(INSERT);
        for (Draft draft : drafts) {
            Place place = new Place(listId, draft.person().address());
            Waiting older = waiting.get(place);
            if (older == null) {
                insert.bind("list", listId).bind("person", place.person()).bind("connection", connection);
                bind(insert, draft);
            } else {
                replaced(older.older(), draft);
                update.bind("id", older.id());
                bind(update, draft);
            }
        }
        update.execute();
        insert.execute();
    }

    private Map<Place, Waiting> waiting(long listId, List<String> people) {
        Map<Place, Waiting> waiting = new HashMap<>();
        handle.createQuery("""
                        select id, list_id, person, action, run_id, record_id,
                            on_success, on_success_reason, on_success_updated
                        from delivery where id = any(:ids) order by id for update
                        """)
                .bindArray("ids", Long.class, ids("delivery", listId, people))
                .map(Waiting::of)
                .forEach(row -> waiting.put(row.place(), row));
        return waiting;
    }

    private void dropDeadLetters(long listId, List<String> people) {
        DeadLetterRows.delete(handle, ids("dead_letter", listId, people));
    }

    private List<Long> ids(String table, long listId, List<String> people) {
        return handle.createQuery("""
                        select d.id from unnest(cast(:people as varchar array)) as wanted (address)
                        left join %s d on d.person = wanted.address and d.list_id = :list
                        where d.id is not null
                        """.formatted(table))
                .bindArray("people", String.class, people)
                .bind("list", listId)
                .mapTo(Long.class)
                .list();
    }

    private void replaced(Older older, Draft by) {
        if (!older.runId().equals(by.runId())) {
            settle(older, new Outcome.Ignored(IgnoreReason.OTHER), "replaced by run " + by.runId());
        } else if (!older.recordId().equals(by.recordId())) {
            // Of two records that take somebody off, each keeps its own reason.
            if (older.isDoneBy(by)) {
                settle(older, older.onSuccess(), null);
            } else {
                settle(older, new Outcome.Ignored(IgnoreReason.FILE_DUPLICATE), "replaced by record " + by.recordId());
            }
        }
    }

    private void settle(Older older, Outcome outcome, String detail) {
        fates.settle(older.runId(), older.recordId(), false, outcome, detail);
    }

    private void bind(PreparedBatch batch, Draft draft) {
        StoredOutcome success = StoredOutcome.of(draft.onSuccess());
        batch.bind("action", draft.action().word())
                .bind("priority", draft.priority())
                .bind("content", Contents.write(draft.content()))
                .bind("fingerprint", draft.fingerprint())
                .bind("run", draft.runId())
                .bind("record", draft.recordId())
                .bind("success", success.word())
                .bind("reason", success.reason())
                .bind("updated", success.updated())
                .bind("now", now)
                .add();
    }
}
