package io.consentbridge.outbox;

import io.consentbridge.store.Columns;
import io.consentbridge.store.Database;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * How many deliveries there are, and whether one is due: nothing here changes one.
 *
 * <p>Threads may share it.
 */
public final class OutboxQueries {

    private final Database database;
    private final InstantSource clock;

    public OutboxQueries(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** What waits on a connection, one figure for each action, in the order of {@link Action}. */
    public List<Waiting> waiting(String connection) {
        Map<Action, Waiting> found = new EnumMap<>(Action.class);
        database.query(handle -> handle.createQuery("""
                        select action, count(*) as total, sum(case when claimed_until > :now then 1 else 0 end) as flying,
                            sum(case when held_for is not null and (claimed_until is null or claimed_until <= :now)
                                then 1 else 0 end) as held
                        from delivery where connection = :connection group by action
                        """)
                        .bind("connection", connection)
                        .bind("now", clock.instant())
                        .map((row, context) -> {
                            long flying = row.getLong("flying");
                            long held = row.getLong("held");
                            return new Waiting(
                                    DeliveryRows.action(row.getString("action")),
                                    row.getLong("total") - flying - held,
                                    flying,
                                    held);
                        })
                        .list())
                .forEach(waiting -> found.put(waiting.action(), waiting));
        return Arrays.stream(Action.values())
                .map(action -> found.getOrDefault(action, new Waiting(action, 0, 0, 0)))
                .toList();
    }

    /** How many deliveries of a run wait or fly; those that are held back are not among them. */
    public long waitingFor(String runId) {
        return database.query(handle -> handle.createQuery("""
                        select count(*) from delivery
                        where run_id = :run and (held_for is null or claimed_until > :now)
                        """)
                .bind("run", runId)
                .bind("now", clock.instant())
                .mapTo(Long.class)
                .one());
    }

    /** Whether anybody else is to be subscribed to the list of that delivery. */
    boolean waitsBeside(Delivery delivery) {
        return database.query(handle -> handle.createQuery("""
                        select 1 from delivery
                        where connection = :connection and action = 'subscribe' and list_id = :list and id <> :id
                          and held_for is null
                        fetch first row only
                        """)
                .bind("connection", delivery.connection())
                .bind("list", delivery.listId())
                .bind("id", delivery.id())
                .mapTo(Integer.class)
                .findOne()
                .isPresent());
    }

    /** How many deliveries of one action wait or fly in the name of a sync. */
    public long waitingFor(String sync, Action action) {
        return database.query(handle -> handle.createQuery("""
                        select count(*) from run r join delivery d on d.run_id = r.id
                        where r.sync = :sync and d.action = :action
                        """)
                .bind("sync", sync)
                .bind("action", action.word())
                .mapTo(Long.class)
                .one());
    }

    /** Whether a claim can succeed now, as far as the outbox knows. */
    boolean isDue(String connection, Action action) {
        return database.query(handle -> {
            Instant now = clock.instant();
            return ready(handle, connection, action, now)
                    && backsOffUntil(handle, connection).filter(now::isBefore).isEmpty()
                    && (action != Action.SUBSCRIBE
                            || Integrations.off(handle, connection).isEmpty());
        });
    }

    private static boolean ready(Handle handle, String connection, Action action, Instant now) {
        // Each claim asks for each action, and mostly nothing of it waits, or no list is postponed.
        if (!ready(handle, connection, action, now, List.of())) {
            return false;
        }
        List<Long> postponed =
                ClaimableLists.Apart.of(handle, connection, action, now).postponed();
        return postponed.isEmpty() || ready(handle, connection, action, now, postponed);
    }

    private static boolean ready(Handle handle, String connection, Action action, Instant now, List<Long> postponed) {
        return handle.createQuery("""
                        select 1 from delivery
                        where connection = :connection and action = :action and due_at <= :now
                          and (claimed_until is null or claimed_until <= :now) and list_id <> all(:postponed)
                        fetch first row only
                        """)
                .bindArray("postponed", Long.class, postponed)
                .bind("connection", connection)
                .bind("action", action.word())
                .bind("now", now)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    static Optional<Instant> backsOffUntil(Handle handle, String connection) {
        return handle.createQuery("select backoff_until from connection_state where connection = :connection")
                .bind("connection", connection)
                .map((row, context) -> Columns.optionalInstant(row, "backoff_until"))
                .findOne()
                .flatMap(until -> until);
    }
}
