package io.consentbridge.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/**
 * People whom a delivery has just put on a list with the same content, and who are on it as far as we know. The caller that
 * asks for their subscription looked before that, and another call would change nothing.
 */
final class JustCame {

    /** Longer than a page takes from its look at the members to its end. */
    private static final Duration LATELY = Duration.ofMinutes(1);

    private JustCame() {}

    /**
     * Those of the people on that list; their deliveries are locked already, so none of them is being settled.
     *
     * @param contents the fingerprint of what is to be delivered, by the number of the person
     */
    static Set<Long> among(Handle handle, long listId, Map<Long, String> contents, Instant now) {
        Set<Long> came = new TreeSet<>();
        if (!contents.isEmpty()) {
            handle
                    .createQuery("""
                            select m.person_id, m.fingerprint from unnest(:people) as wanted (id)
                            join list_member m on m.person_id = wanted.id and m.list_id = :list
                            where m.active and not m.unsure and not m.taken_off and not m.lost and not m.doubtful
                              and m.missing_at is null and m.asked_at is null and m.subscribed_at > :lately
                              and m.fingerprint is not null
                            """)
                    .bindArray("people", Long.class, contents.keySet().stream().toList())
                    .bind("list", listId)
                    .bind("lately", now.minus(LATELY))
                    .map((row, context) -> Map.entry(row.getLong("person_id"), row.getString("fingerprint")))
                    .stream()
                    .filter(member -> member.getValue().equals(contents.get(member.getKey())))
                    .forEach(member -> came.add(member.getKey()));
        }
        return came;
    }
}
