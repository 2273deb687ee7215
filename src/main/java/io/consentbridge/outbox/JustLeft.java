package io.consentbridge.outbox;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/**
 * People whom a delivery has just taken off a list because they refused, and who are not on it again as far as we know. The
 * caller that asks for their removal looked before that, and another call would find no member.
 */
final class JustLeft {

    private JustLeft() {}

    /** Those of the people on that list; their deliveries are locked already, so none of them is being settled. */
    static Set<Long> among(Handle handle, long listId, Collection<Long> people, Instant now) {
        return people.isEmpty()
                ? new TreeSet<>()
                : new TreeSet<>(handle.createQuery("""
                                select m.person_id from unnest(:people) as wanted (id)
                                join list_member m on m.person_id = wanted.id and m.list_id = :list
                                where not m.active and not m.unsure and not m.taken_off and m.left_at > :lately
                                  and (m.seen_at is null or m.seen_at <= m.left_at)
                                """)
                        .bindArray("people", Long.class, List.copyOf(people))
                        .bind("list", listId)
                        .bind("lately", now.minus(InFlightOptOuts.LATELY))
                        .mapTo(Long.class)
                        .list());
    }
}
