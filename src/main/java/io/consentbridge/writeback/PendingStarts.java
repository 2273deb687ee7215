package io.consentbridge.writeback;

import io.consentbridge.store.Columns;
import io.consentbridge.store.Database;
import io.consentbridge.store.PersonNumbers;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The people in the database who are handed over to workflows: claims with their leases, and settlement. */
final class PendingStarts {

    /** What one call hands over alike. */
    record Group(String workflow, String trigger, long listId, String listKey) {}

    /**
     * A claimed start.
     *
     * @param version which of the person's confirmations it follows
     */
    record Claimed(long id, String address, int version, int rounds, boolean alone) {

        @Override
        public String toString() {
            return "start " + id;
        }
    }

    /**
     * What becomes of a start.
     *
     * @param state pending to try it again
     * @param own whether a failure counts against it
     * @param alone whether it is handed over by itself from now on
     * @param due when it is tried again; null for at once
     */
    record Settlement(
            Claimed start, UpdateState state, String code, String cause, boolean own, boolean alone, Instant due) {}

    private final Database database;
    private final String owner;

    PendingStarts(Database database, String owner) {
        this.database = database;
        this.owner = owner;
    }

    /** Ends what waits for people who refused since: they are handed over to nothing. */
    void withdrawRefused(String connection, Instant now) {
        database.change(handle -> handle.createUpdate("""
                        update workflow_start
                        set state = 'gone', cause = 'the person refused since', settled_at = :now, claimed_by = null, claimed_until = null
                        where state = 'pending' and connection = :connection
                          and (claimed_until is null or claimed_until <= :now)
                          and exists (
                            select 1 from suppression s
                            where s.person_id = workflow_start.person_id and s.connection = workflow_start.connection
                              and (s.list_id = 0 or s.list_id = workflow_start.list_id))
                        """)
                .bind("connection", connection)
                .bind("now", now)
                .execute());
    }

    /** What the next call hands over: people who are on their list. Empty if nobody is to be handed over now. */
    Optional<Group> due(String connection, Instant now) {
        return database.query(handle -> handle.createQuery("""
                        select /* joined as written */ t.workflow, t.trigger_key, t.list_id, l.list_key
                        from workflow_start t
                        join list_member m on m.list_id = t.list_id and m.person_id = t.person_id
                        join mailing_list l on l.id = t.list_id
                        where t.state = 'pending' and t.connection = :connection and (t.due_at is null or t.due_at <= :now)
                          and (t.claimed_until is null or t.claimed_until <= :now)
                          and m.active and not m.unsure and l.list_key is not null
                        order by t.id fetch first row only
                        """)
                .bind("connection", connection)
                .bind("now", now)
                .map((row, context) -> new Group(
                        row.getString("workflow"),
                        row.getString("trigger_key"),
                        row.getLong("list_id"),
                        row.getString("list_key")))
                .findOne());
    }

    /** Claims people of a group, those who confirmed first; one who is to be handed over by itself comes alone. */
    List<Claimed> claim(String connection, Group group, int max, Instant now, Instant until) {
        return database.transaction(handle -> {
            List<Claimed> found = found(handle, connection, group, max, now);
            List<Claimed> claimed = found.isEmpty() || found.get(0).alone()
                    ? found.subList(0, Math.min(1, found.size()))
                    : found.stream().filter(start -> !start.alone()).toList();
            if (!claimed.isEmpty()) {
                handle.createUpdate(
                                "update workflow_start set claimed_by = :owner, claimed_until = :until where id = any(:ids)")
                        .bind("owner", owner)
                        .bind("until", until)
                        .bindArray(
                                "ids",
                                Long.class,
                                claimed.stream().map(Claimed::id).toList())
                        .execute();
            }
            return List.copyOf(claimed);
        });
    }

    private record Row(long id, long personId, int version, int rounds, boolean alone) {}

    private static List<Claimed> found(Handle handle, String connection, Group group, int max, Instant now) {
        List<Long> ids = handle.createQuery("""
                        select /* joined as written */ t.id from workflow_start t
                        join list_member m on m.list_id = t.list_id and m.person_id = t.person_id
                        where t.state = 'pending' and t.connection = :connection and t.workflow = :workflow
                          and t.trigger_key = :trigger and t.list_id = :list and (t.due_at is null or t.due_at <= :now)
                          and (t.claimed_until is null or t.claimed_until <= :now) and m.active and not m.unsure
                        order by t.id fetch first :max rows only
                        """)
                .bind("connection", connection)
                .bind("workflow", group.workflow())
                .bind("trigger", group.trigger())
                .bind("list", group.listId())
                .bind("now", now)
                .bind("max", max)
                .mapTo(Long.class)
                .list();
        List<Row> rows = handle.createQuery("""
                        select id, person_id, version, rounds, alone from workflow_start
                        where id = any(:ids) and state = 'pending' and (due_at is null or due_at <= :now)
                          and (claimed_until is null or claimed_until <= :now)
                        order by id for update skip locked
                        """)
                .bindArray("ids", Long.class, ids)
                .bind("now", now)
                .map((row, context) -> new Row(
                        row.getLong("id"),
                        row.getLong("person_id"),
                        row.getInt("version"),
                        row.getInt("rounds"),
                        row.getBoolean("alone")))
                .list();
        PersonNumbers people =
                PersonNumbers.numbered(handle, rows.stream().map(Row::personId).toList());
        return rows.stream()
                .map(row -> new Claimed(
                        row.id(), people.person(row.personId()).address(), row.version(), row.rounds(), row.alone()))
                .toList();
    }

    /**
     * Settles a batch in one transaction. What another process has claimed since is left to it; a person who confirmed anew
     * meanwhile stays pending, and is handed over once more.
     */
    void settle(List<Settlement> batch, Instant now) {
        database.change(handle -> {
            PreparedBatch settle = handle.prepareBatch("""
                    update workflow_start
                    set state = :state, rounds = :rounds, alone = :alone, due_at = :due, code = :code, cause = :cause,
                        settled_at = coalesce(:settled, settled_at), claimed_by = null, claimed_until = null
                    where id = :id and claimed_by = :owner and version = :version
                    """);
            PreparedBatch overtaken = handle.prepareBatch("""
                    update workflow_start set claimed_by = null, claimed_until = null
                    where id = :id and claimed_by = :owner and version <> :version
                    """);
            for (Settlement each : batch) {
                boolean pending = each.state() == UpdateState.PENDING;
                settle.bind("state", each.state().word())
                        .bind("rounds", each.start().rounds() + (each.own() ? 1 : 0))
                        .bind("alone", pending && (each.alone() || each.start().alone()))
                        .bindByType("due", each.due(), Instant.class)
                        .bind("code", Columns.clip(each.code(), 64))
                        .bind("cause", Columns.clip(each.cause(), 2000))
                        .bindByType("settled", pending ? null : now, Instant.class)
                        .bind("id", each.start().id())
                        .bind("owner", owner)
                        .bind("version", each.start().version())
                        .add();
                overtaken
                        .bind("id", each.start().id())
                        .bind("owner", owner)
                        .bind("version", each.start().version())
                        .add();
            }
            settle.execute();
            overtaken.execute();
        });
    }

    /** Ends every claim, of a database that no other process uses: the process that made it is gone. */
    void abandonAll() {
        database.change(
                handle -> handle.execute(
                        "update workflow_start set claimed_by = null, claimed_until = null where state = 'pending' and claimed_by is not null"));
    }

    /** Gives back what this process has claimed; call it when no call is under way. */
    void handBack() {
        database.change(handle -> handle.createUpdate("""
                        update workflow_start set claimed_by = null, claimed_until = null
                        where state = 'pending' and claimed_by = :owner
                        """).bind("owner", owner).execute());
    }
}
