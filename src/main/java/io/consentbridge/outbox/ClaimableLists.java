package io.consentbridge.outbox;

import io.consentbridge.audience.ListLocks;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** Finds the lists of the next deliveries, and those that claims treat separately. */
final class ClaimableLists {

    /** Deliveries that are due on some lists, in the order of claims. */
    static final String DUE_ON = """
            select id, list_id from delivery
            where connection = :connection and action = :action and due_at <= :now
              and (claimed_until is null or claimed_until <= :now) and list_id = any(:lists)
            order by connection, action, priority, due_at, id fetch first :max rows only
            """;

    /** Deliveries that are due on all other lists, in the order of claims. */
    static final String DUE_BESIDE = """
            select id, list_id from delivery
            where connection = :connection and action = :action and due_at <= :now
              and (claimed_until is null or claimed_until <= :now) and list_id <> all(:lists)
            order by connection, action, priority, due_at, id fetch first :max rows only
            """;

    private ClaimableLists() {}

    /**
     * The lists that the next subscriptions go to, in the order of claims, and lists whose hold is over. Lists without a key
     * are left out, for nobody can have left them.
     */
    static Set<Long> nextLists(Handle handle, String connection, Instant now, int ahead) {
        Apart lists = Apart.of(handle, connection, Action.SUBSCRIBE, now);
        List<Long> apart = Stream.of(lists.keyless(), lists.ended(), lists.postponed())
                .flatMap(List::stream)
                .distinct()
                .toList();
        Set<Long> found = new TreeSet<>(next(handle, connection, now, DUE_BESIDE, apart, ahead));
        lists.ended().stream()
                .filter(list ->
                        !next(handle, connection, now, DUE_ON, List.of(list), 1).isEmpty())
                .forEach(found::add);
        return found;
    }

    private static List<Long> next(
            Handle handle, String connection, Instant now, String due, List<Long> lists, int max) {
        return handle.createQuery(due)
                .bind("connection", connection)
                .bind("action", Action.SUBSCRIBE.word())
                .bind("now", now)
                .bindArray("lists", Long.class, lists)
                .bind("max", max)
                .map((row, context) -> row.getLong("list_id"))
                .list();
    }

    /**
     * The lists that claims of one action treat separately, in the order of their numbers.
     *
     * @param keyless lists without a key: one delivery finds or makes the list before the others are claimed
     * @param ended lists whose hold is over: one delivery tries whether the list takes people again
     * @param postponed lists whose deliveries of the action wait now: a call that prepares them is locked, the list is held, or it
     *     is locked while a campaign is in review
     */
    record Apart(List<Long> keyless, List<Long> ended, List<Long> postponed) {

        static Apart of(Handle handle, String connection, Action action, Instant now) {
            Apart apart = new Apart(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            handle.createQuery("""
                            select id, list_key is null as keyless, coalesce(held_until <= :now, false) as ended,
                                coalesce(waits_until > :now, false) as waits, coalesce(held_until > :now, false) as held
                            from mailing_list
                            where connection = :connection
                              and (list_key is null or held_until is not null or waits_until is not null)
                            order by id
                            """)
                    .bind("connection", connection)
                    .bind("now", now)
                    .map((row, context) -> apart.add(action, row))
                    .list();
            if (action == Action.SUBSCRIBE) {
                ListLocks.locked(handle, connection).stream()
                        .filter(list -> !apart.postponed().contains(list))
                        .sorted()
                        .forEach(apart.postponed()::add);
            }
            return apart;
        }

        private long add(Action action, ResultSet row) throws SQLException {
            long id = row.getLong("id");
            boolean hasKey = !row.getBoolean("keyless");
            boolean waits = row.getBoolean("waits");
            if (!hasKey) {
                keyless.add(id);
            } else if (row.getBoolean("ended")) {
                ended.add(id);
            }
            // Removals wait only where the list must be looked up, and Do-Not-Mail needs no list.
            boolean postpones = switch (action) {
                case SUBSCRIBE -> waits || row.getBoolean("held");
                case UNSUBSCRIBE -> waits && !hasKey;
                case DO_NOT_MAIL -> false;
            };
            if (postpones) {
                postponed.add(id);
            }
            return id;
        }
    }
}
