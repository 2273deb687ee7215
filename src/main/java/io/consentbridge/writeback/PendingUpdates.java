package io.consentbridge.writeback;

import io.consentbridge.store.Columns;
import io.consentbridge.store.Database;
import io.consentbridge.store.PersonNumbers;
import io.consentbridge.zoho.ZohoJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The pending updates in the database: claims with their leases, and settlement. */
final class PendingUpdates {

    /** One claims at once what others may be about to lock, so it looks at this many times as many. */
    private static final int LOOK_AHEAD = 4;

    private final Database database;
    private final String owner;

    /** @param owner names this process */
    PendingUpdates(Database database, String owner) {
        this.database = database;
        this.owner = owner;
    }

    /** A module of the connection of which an update is due; empty if none is. */
    Optional<String> moduleDue(String connection, Instant now) {
        return database.query(handle -> handle.createQuery("""
                        select module from record_update
                        where state = 'pending' and connection = :connection and (due_at is null or due_at <= :now)
                          and (claimed_until is null or claimed_until <= :now)
                        order by module, id fetch first row only
                        """)
                .bind("connection", connection)
                .bind("now", now)
                .mapTo(String.class)
                .findOne());
    }

    /**
     * Claims due updates of one module, the oldest first; one that is to be claimed by itself comes alone.
     *
     * @param until when others may claim them again
     */
    List<ClaimedUpdate> claim(String connection, String module, int max, Instant now, Instant until) {
        return database.transaction(handle -> {
            List<ClaimedUpdate> found = due(handle, connection, module, max, now);
            List<ClaimedUpdate> claimed = found.isEmpty() || found.get(0).alone()
                    ? found.subList(0, Math.min(1, found.size()))
                    : found.stream().filter(update -> !update.alone()).toList();
            if (!claimed.isEmpty()) {
                handle.createUpdate("""
                                update record_update
                                set claimed_by = :owner, claimed_until = :until, claimed_version = version
                                where id = any(:ids)
                                """)
                        .bind("owner", owner)
                        .bind("until", until)
                        .bindArray(
                                "ids",
                                Long.class,
                                claimed.stream().map(ClaimedUpdate::id).toList())
                        .execute();
            }
            return List.copyOf(claimed);
        });
    }

    /** @param person number of the person whose record it must be; null for anybody's */
    private record Row(Long person, ClaimedUpdate update) {}

    // In two steps, as deliveries are claimed: the second repeats what may have changed in between.
    private static List<ClaimedUpdate> due(Handle handle, String connection, String module, int max, Instant now) {
        List<Long> ids = handle.createQuery("""
                        select id from record_update
                        where state = 'pending' and connection = :connection and module = :module
                          and (due_at is null or due_at <= :now) and (claimed_until is null or claimed_until <= :now)
                        order by id fetch first :max rows only
                        """)
                .bind("connection", connection)
                .bind("module", module)
                .bind("now", now)
                .bind("max", max * LOOK_AHEAD)
                .mapTo(Long.class)
                .list();
        List<Row> rows = handle.createQuery("""
                        select id, record_id, person_id, fields, version, rounds, alone from record_update
                        where id = any(:ids) and state = 'pending' and (due_at is null or due_at <= :now)
                          and (claimed_until is null or claimed_until <= :now)
                        order by id fetch first :max rows only for update skip locked
                        """)
                .bindArray("ids", Long.class, ids)
                .bind("now", now)
                .bind("max", max)
                .map((row, context) -> new Row(
                        Columns.number(row, "person_id"),
                        new ClaimedUpdate(
                                row.getLong("id"),
                                row.getString("record_id"),
                                Optional.empty(),
                                FieldValues.read(row.getString("fields")),
                                row.getInt("version"),
                                row.getInt("rounds"),
                                row.getBoolean("alone"))))
                .list();
        PersonNumbers people = PersonNumbers.numbered(
                handle, rows.stream().map(Row::person).filter(Objects::nonNull).toList());
        return rows.stream()
                .map(row -> row.person() == null ? row.update() : row.update().about(people.person(row.person())))
                .toList();
    }

    /**
     * Settles a batch in one transaction. One that another process has claimed since is left to it; one that a later update
     * merged into meanwhile stays pending, and is written once more.
     */
    void settle(List<UpdateSettlement> batch, Instant now) {
        database.change(handle -> {
            Set<Long> current = current(handle, batch);
            PreparedBatch end = handle.prepareBatch("""
                    update record_update
                    set state = :state, fields = :fields, code = :code, cause = :cause, note = :note, settled_at = :now, rounds = 0,
                        alone = false, due_at = null, claimed_by = null, claimed_until = null, claimed_version = null
                    where id = :id and claimed_by = :owner
                    """);
            PreparedBatch wait = handle.prepareBatch("""
                    update record_update
                    set rounds = :rounds, code = :code, cause = :cause, alone = :alone, due_at = :due,
                        claimed_by = null, claimed_until = null, claimed_version = null
                    where id = :id and claimed_by = :owner
                    """);
            PreparedBatch merged = handle.prepareBatch("""
                    update record_update set claimed_by = null, claimed_until = null, claimed_version = null
                    where id = :id and claimed_by = :owner
                    """);
            for (UpdateSettlement settlement : batch) {
                ClaimedUpdate update = settlement.update();
                if (!current.contains(update.id())) {
                    bound(merged, update);
                } else if (settlement instanceof UpdateSettlement.Written written) {
                    ended(end, UpdateState.DONE, update, names(update), null, null, written.note(), now);
                } else if (settlement instanceof UpdateSettlement.Gone gone) {
                    ended(end, UpdateState.GONE, update, names(update), gone.code(), null, null, now);
                } else if (settlement instanceof UpdateSettlement.Superseded superseded) {
                    ended(end, UpdateState.SUPERSEDED, update, names(update), null, superseded.cause(), null, now);
                } else if (settlement instanceof UpdateSettlement.DeadLettered dead) {
                    String fields = FieldValues.write(update.fields());
                    ended(end, UpdateState.DEAD_LETTERED, update, fields, dead.code(), dead.cause(), null, now);
                } else if (settlement instanceof UpdateSettlement.Postponed later) {
                    waiting(
                            wait,
                            update,
                            update.rounds() + 1,
                            later.code(),
                            later.cause(),
                            update.alone(),
                            later.due());
                } else if (settlement instanceof UpdateSettlement.Released released) {
                    waiting(
                            wait,
                            update,
                            update.rounds(),
                            null,
                            released.cause(),
                            update.alone() || released.alone(),
                            released.due());
                }
            }
            end.execute();
            wait.execute();
            merged.execute();
        });
    }

    /** Those of the batch whose rows are as they were claimed. */
    private Set<Long> current(Handle handle, List<UpdateSettlement> batch) {
        Map<Long, Integer> versions = new LinkedHashMap<>();
        batch.forEach(settlement ->
                versions.put(settlement.update().id(), settlement.update().version()));
        List<Long> current = new ArrayList<>();
        handle.createQuery("select id, version from record_update where id = any(:ids) order by id for update")
                .bindArray("ids", Long.class, List.copyOf(versions.keySet()))
                .map((row, context) ->
                        versions.get(row.getLong("id")) == row.getInt("version") && current.add(row.getLong("id")))
                .list();
        return Set.copyOf(current);
    }

    /** What was written is kept by its names: the values are in the CRM. */
    private static String names(ClaimedUpdate update) {
        Map<String, Object> names = new LinkedHashMap<>();
        update.fields().keySet().forEach(field -> names.put(field, null));
        return ZohoJson.write(names);
    }

    private void ended(
            PreparedBatch batch,
            UpdateState state,
            ClaimedUpdate update,
            String fields,
            String code,
            String cause,
            String note,
            Instant now) {
        batch.bind("state", state.word())
                .bind("fields", fields)
                .bind("code", Columns.clip(code, 64))
                .bind("cause", Columns.clip(cause, 2000))
                .bind("note", Columns.clip(note, 500))
                .bind("now", now);
        bound(batch, update);
    }

    private void waiting(
            PreparedBatch batch,
            ClaimedUpdate update,
            int rounds,
            String code,
            String cause,
            boolean alone,
            Instant due) {
        batch.bind("rounds", rounds)
                .bind("code", Columns.clip(code, 64))
                .bind("cause", Columns.clip(cause, 2000))
                .bind("alone", alone)
                .bindByType("due", due, Instant.class);
        bound(batch, update);
    }

    private void bound(PreparedBatch batch, ClaimedUpdate update) {
        batch.bind("id", update.id()).bind("owner", owner).add();
    }

    /** Ends every claim, of a database that no other process uses: the process that made it is gone. */
    void abandonAll() {
        database.change(handle -> handle.execute("""
                update record_update set claimed_by = null, claimed_until = null, claimed_version = null
                where state = 'pending' and claimed_by is not null
                """));
    }

    /** Gives back what this process has claimed; call it when no call is under way. */
    void handBack() {
        database.change(handle -> handle.createUpdate("""
                        update record_update set claimed_by = null, claimed_until = null, claimed_version = null
                        where state = 'pending' and claimed_by = :owner
                        """).bind("owner", owner).execute());
    }
}
