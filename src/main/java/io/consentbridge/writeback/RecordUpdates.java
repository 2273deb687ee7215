package io.consentbridge.writeback;

import io.consentbridge.store.BulkInsert;
import io.consentbridge.store.Columns;
import io.consentbridge.store.PersonNumbers;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Takes updates of CRM records in, within the transaction that makes true what they say. Safe for many threads and processes. */
public final class RecordUpdates {

    private static final int LONGEST_REASON = 500;

    private record Key(String recordId, String module, String connection) implements Comparable<Key> {

        static Key of(RecordUpdate update) {
            return new Key(update.recordId(), update.module(), update.connection());
        }

        @Override
        public int compareTo(Key other) {
            int byRecord = recordId.compareTo(other.recordId);
            int byModule = byRecord != 0 ? byRecord : module.compareTo(other.module);
            return byModule != 0 ? byModule : connection.compareTo(other.connection);
        }
    }

    /** @param person their number; null if it is about the record and no person */
    private record Stored(long id, UpdateState state, Long person, Map<String, Object> fields) {

        /** What an update that is over wrote is not written again, nor what is about another person. */
        private boolean givesWayTo(Long later) {
            return state.over() || person != null && later != null && !person.equals(later);
        }

        /** The fields that are to be written from now on. */
        Map<String, Object> with(Map<String, Object> later, Long about) {
            return givesWayTo(about) ? later : FieldValues.merged(fields, later);
        }

        /** Whom it is about from now on. */
        Long about(Long later) {
            return later != null || givesWayTo(null) ? later : person;
        }
    }

    private RecordUpdates() {}

    /**
     * Stores updates, which are due at once. There is at most one update of each record: a later one merges into one that the
     * CRM has not written yet, a dead-lettered one included, which is tried again then. Merging never takes a field back, nor a
     * yes. Of an update whose call is under way everything is written once more. An update about another person takes the place of
     * one that waits, since that would not be written any more.
     *
     * @param handle the caller's transaction
     */
    public static void enqueue(Handle handle, Collection<RecordUpdate> updates) {
        // Sorted, so that two transactions that update the same records at once wait for each other in turn.
        Map<Key, RecordUpdate> wanted = new TreeMap<>();
        updates.forEach(update -> wanted.merge(Key.of(update), update, RecordUpdates::merged));
        if (wanted.isEmpty()) {
            return;
        }
        // The rows are stored first, so that each can be locked, also one that another transaction stored.
        BulkInsert.into("record_update", List.copyOf(wanted.keySet()))
                .texts("record_id", Key::recordId)
                .texts("module", Key::module)
                .texts("connection", Key::connection)
                .text("state", UpdateState.PENDING.word())
                .text("fields", "{}")
                .text("because", "")
                .executeUnlessThere(handle);
        Map<Key, Stored> stored = lock(handle, wanted.keySet());
        PersonNumbers people = PersonNumbers.of(
                handle,
                wanted.values().stream()
                        .flatMap(update -> update.person().stream())
                        .toList());
        PreparedBatch merge = handle.prepareBatch("""
                update record_update
                set state = 'pending', person_id = :person, fields = :fields, because = :because, version = version + 1,
                    rounds = 0, alone = false,
                    due_at = null, code = null, cause = null, note = null, settled_at = null
                where id = :id
                """);
        wanted.forEach((key, update) -> {
            Stored row = stored.get(key);
            Long person = update.person().map(people::of).orElse(null);
            merge.bind("fields", FieldValues.write(row.with(update.fields(), person)))
                    .bindByType("person", row.about(person), Long.class)
                    .bind("because", Columns.clip(update.because(), LONGEST_REASON))
                    .bind("id", row.id())
                    .add();
        });
        merge.execute();
    }

    private static RecordUpdate merged(RecordUpdate earlier, RecordUpdate later) {
        boolean aboutAnother = earlier.person().isPresent()
                && later.person().isPresent()
                && !earlier.person().equals(later.person());
        if (aboutAnother) {
            return later;
        }
        return new RecordUpdate(
                later.connection(),
                later.module(),
                later.recordId(),
                later.person().or(earlier::person),
                FieldValues.merged(earlier.fields(), later.fields()),
                later.because());
    }

    private static Map<Key, Stored> lock(Handle handle, Collection<Key> keys) {
        Map<Key, Stored> rows = new HashMap<>();
        handle.createQuery("""
                        select id, record_id, module, connection, state, person_id, fields from record_update
                        where record_id = any(:records) order by id for update
                        """)
                .bindArray(
                        "records",
                        String.class,
                        keys.stream().map(Key::recordId).distinct().toList())
                .map((row, context) -> rows.put(
                        new Key(row.getString("record_id"), row.getString("module"), row.getString("connection")),
                        new Stored(
                                row.getLong("id"),
                                UpdateState.of(row.getString("state")),
                                Columns.number(row, "person_id"),
                                FieldValues.read(row.getString("fields")))))
                .list();
        return rows;
    }
}
