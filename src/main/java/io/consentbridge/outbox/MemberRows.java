package io.consentbridge.outbox;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Remembers in the table list_member what was delivered. */
final class MemberRows {

    private MemberRows() {}

    static void delivered(Handle handle, List<Delivery> delivered, Instant now) {
        Map<Long, List<Delivery>> byList = delivered.stream().collect(Collectors.groupingBy(Delivery::listId));
        byList.forEach((listId, deliveries) -> delivered(handle, listId, deliveries, now));
    }

    /** Campaigns says that these people left the list. */
    static void gone(Handle handle, long listId, List<String> people) {
        handle.createUpdate("update list_member set active = false where list_id = :list and person = any(:people)")
                .bind("list", listId)
                .bindArray("people", String.class, people)
                .execute();
    }

    private static void delivered(Handle handle, long listId, List<Delivery> deliveries, Instant now) {
        Set<String> known = new HashSet<>(Members.known(
                handle,
                listId,
                deliveries.stream().map(delivery -> delivery.person().address()).toList()));
        PreparedBatch update = handle.prepareBatch("""
                update list_member
                set active = :active, fingerprint = :fingerprint, first_run = coalesce(first_run, :run), delivered_at = :now
                where list_id = :list and person = :person
                """);
        PreparedBatch insert = handle.prepareBatch("""
                insert into list_member (list_id, person, active, fingerprint, first_run, delivered_at)
                values (:list, :person, :active, :fingerprint, :run, :now)
                """);
        for (Delivery delivery : deliveries) {
            (known.add(delivery.person().address()) ? insert : update)
                    .bind("active", delivery.action() == Action.SUBSCRIBE)
                    .bind("fingerprint", delivery.fingerprint())
                    .bind("run", delivery.runId())
                    .bind("now", now)
                    .bind("list", listId)
                    .bind("person", delivery.person().address())
                    .add();
        }
        insert.execute();
        update.execute();
    }
}
