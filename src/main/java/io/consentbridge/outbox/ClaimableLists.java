package io.consentbridge.outbox;

import io.consentbridge.audience.MailingLists;
import java.time.Instant;
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
        List<Long> ended = ended(handle, connection, now);
        List<Long> apart = Stream.of(
                        keyless(handle, connection), ended, MailingLists.postponed(handle, connection, now))
                .flatMap(List::stream)
                .distinct()
                .toList();
        Set<Long> lists = new TreeSet<>(next(handle, connection, now, DUE_BESIDE, apart, ahead));
        ended.stream()
                .filter(list ->
                        !next(handle, connection, now, DUE_ON, List.of(list), 1).isEmpty())
                .forEach(lists::add);
        return lists;
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

    static List<Long> keyless(Handle handle, String connection) {
        return handle.createQuery(
                        "select id from mailing_list where connection = :connection and list_key is null order by id")
                .bind("connection", connection)
                .mapTo(Long.class)
                .list();
    }

    static List<Long> ended(Handle handle, String connection, Instant now) {
        return handle.createQuery("""
                        select id from mailing_list
                        where connection = :connection and list_key is not null and held_until <= :now
                        order by id
                        """)
                .bind("connection", connection)
                .bind("now", now)
                .mapTo(Long.class)
                .list();
    }

    /** Lists whose deliveries of one action wait now. */
    static List<Long> postponed(Handle handle, String connection, Action action, Instant now) {
        return switch (action) {
            case SUBSCRIBE -> MailingLists.postponed(handle, connection, now);
            case UNSUBSCRIBE -> MailingLists.notFindable(handle, connection, now);
            case DO_NOT_MAIL -> List.of();
        };
    }
}
