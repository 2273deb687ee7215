package io.consentbridge.outbox;

import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.store.Columns;
import io.consentbridge.sync.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The deliveries that are held for a sync until its reading has ended, within the caller's transaction. */
public final class HeldDeliveries {

    /** How many are looked at in one transaction. */
    public static final int BATCH = 500;

    /** Where held deliveries stand in the index by which they are claimed. */
    private record Shelf(Action action, int priority) {}

    private static final List<Shelf> LEAVERS =
            List.of(new Shelf(Action.DO_NOT_MAIL, 0), new Shelf(Action.UNSUBSCRIBE, 0));
    private static final List<Shelf> NEWCOMERS =
            List.of(new Shelf(Action.SUBSCRIBE, 1), new Shelf(Action.SUBSCRIBE, 2));

    private final Handle handle;
    private final String connection;
    private final String sync;

    public HeldDeliveries(Handle handle, String connection, String sync) {
        this.handle = handle;
        this.connection = connection;
        this.sync = sync;
    }

    /**
     * A person whose removal is held.
     *
     * @param id row of the delivery
     * @param listId row of the list
     * @param personId number of the person
     * @param recordId the record
     * @param cause what happened to it
     * @param outcomeId the record's outcome; null when it does not hang on this delivery
     * @param onList whether the person is on the list, or perhaps
     * @param ownRecord whether the sync itself read the record; it may be one of a sync beside it, or be forgotten
     */
    public record Leaver(
            long id,
            long listId,
            long personId,
            String recordId,
            Held.Cause cause,
            Long outcomeId,
            boolean onList,
            boolean ownRecord) {

        private static Leaver of(java.sql.ResultSet row, StatementContext context) throws java.sql.SQLException {
            return new Leaver(
                    row.getLong("id"),
                    row.getLong("list_id"),
                    row.getLong("person_id"),
                    row.getString("record_id"),
                    Held.Cause.of(row.getString("held_because")),
                    Columns.number(row, "outcome_id"),
                    row.getBoolean("on_list"),
                    row.getBoolean("own_record"));
        }
    }

    /** Those who follow this row, by row, {@value #BATCH} at most of each kind; 0 to begin. */
    public List<Leaver> leavers(long afterId) {
        List<Leaver> found = new ArrayList<>();
        for (Shelf shelf : LEAVERS) {
            handle.createQuery("""
                            select d.id, d.list_id, d.person_id, d.record_id, d.held_because, d.outcome_id,
                                coalesce(m.active or m.unsure, false) as on_list, s.record_id is not null as own_record
                            from delivery d
                            left join source_record s on s.sync = :sync and s.record_id = d.record_id
                            left join list_member m on m.list_id = d.list_id and m.person_id = d.person_id
                            where d.connection = :connection and d.action = :action and d.priority = :priority
                              and d.due_at = :far and d.held_for = :sync and d.id > :after
                            order by d.id fetch first :max rows only
                            """)
                    .bind("max", BATCH)
                    .bind("after", afterId)
                    .bindMap(parameters(shelf))
                    .map(Leaver::of)
                    .forEach(found::add);
        }
        found.sort(java.util.Comparator.comparingLong(Leaver::id));
        return found.size() > BATCH ? found.subList(0, BATCH) : found;
    }

    /** The number of held removals by cause; causes without any are absent. */
    public Map<Held.Cause, Long> count() {
        Map<Held.Cause, Long> counts = new EnumMap<>(Held.Cause.class);
        for (Shelf shelf : LEAVERS) {
            handle.createQuery("""
                            select held_because, count(*) as people from delivery
                            where connection = :connection and action = :action and priority = :priority
                              and due_at = :far and held_for = :sync
                            group by held_because
                            """)
                    .bindMap(parameters(shelf))
                    .map((row, context) -> counts.merge(
                            Held.Cause.of(row.getString("held_because")), row.getLong("people"), Long::sum))
                    .list();
        }
        return counts;
    }

    /** Whether any delivery of a run is held, removals and subscriptions alike. */
    public boolean holds(String runId) {
        return handle.createQuery(
                        "select 1 from delivery where run_id = :run and held_for is not null fetch first row only")
                .bind("run", runId)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    /**
     * Drops held removals: the people stay, and their records are counted as ignored for that reason. A removal that is no
     * longer held, because the person refused meanwhile or another sync asked for it, is left alone.
     */
    public void drop(List<Leaver> leavers, IgnoreReason reason, String detail) {
        if (leavers.isEmpty()) {
            return;
        }
        Set<Long> held = handle
                .createQuery("""
                        select id from delivery where id = any(:ids) and action <> 'subscribe' and held_for = :sync
                        order by id for update
                        """)
                .bindArray("ids", Long.class, leavers.stream().map(Leaver::id).toList())
                .bind("sync", sync)
                .mapTo(Long.class)
                .stream()
                .collect(Collectors.toSet());
        OutcomeUpdates fates = new OutcomeUpdates(handle);
        leavers.stream()
                .filter(leaver -> held.contains(leaver.id()))
                .forEach(leaver -> fates.settle(leaver.outcomeId(), false, new Outcome.Ignored(reason), detail));
        fates.write();
        DeliveryRows.delete(handle, held);
    }

    /** Makes everything due that is held for the sync. */
    public void release(Instant now) {
        for (List<Shelf> shelves : List.of(LEAVERS, NEWCOMERS)) {
            for (Shelf shelf : shelves) {
                handle.createUpdate("""
                                update delivery set due_at = :now, held_for = null
                                where connection = :connection and action = :action and priority = :priority
                                  and due_at = :far and held_for = :sync
                                """)
                        .bind("now", now)
                        .bindMap(parameters(shelf))
                        .execute();
            }
        }
    }

    private Map<String, Object> parameters(Shelf shelf) {
        return Map.of(
                "connection",
                connection,
                "action",
                shelf.action().word(),
                "priority",
                shelf.priority(),
                "far",
                Held.DUE,
                "sync",
                sync);
    }

    /** The number of held removals of each sync, over all connections; found by the index, not among all that wait. */
    public static Map<String, Long> bySync(Handle handle) {
        Map<String, Long> people = new java.util.TreeMap<>();
        handle.createQuery("""
                        select d.held_for, count(*) as people from (select distinct connection from mailing_list) c
                        join delivery d on d.connection = c.connection and d.action in ('unsubscribe', 'do-not-mail')
                            and d.priority = 0 and d.due_at = :far
                        where d.held_for is not null group by d.held_for
                        """)
                .bind("far", Held.DUE)
                .map((row, context) -> people.put(row.getString("held_for"), row.getLong("people")))
                .list();
        return people;
    }
}
