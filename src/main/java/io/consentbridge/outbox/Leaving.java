package io.consentbridge.outbox;

import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.consent.Person;
import io.consentbridge.sync.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Takes people off a list again, within a transaction, who forbade mail in the CRM while their subscription was on its
 * way: whoever read the CRM did not find them on the list yet.
 */
final class Leaving {

    // Longer than any page takes from its look-up to its commit, single records read for evidence included.
    private static final Duration LATELY = Duration.ofHours(1);

    private final Handle handle;
    private final Instant now;
    private final Suppressions suppressions;

    Leaving(Handle handle, Instant now, Suppressions suppressions) {
        this.handle = handle;
        this.now = now;
        this.suppressions = suppressions;
    }

    /** Outcomes stay: the record was subscribed, and whoever read the refusal has counted it. */
    void take(List<Delivery> delivered) {
        List<Delivery> forbidden = new ArrayList<>();
        delivered.stream()
                .filter(delivery -> delivery.action() == Action.SUBSCRIBE)
                .collect(Collectors.groupingBy(Delivery::listId))
                .forEach((listId, ofList) -> {
                    Map<Person, List<Suppression>> known = suppressions.of(
                            handle,
                            ofList.get(0).connection(),
                            listId,
                            ofList.stream().map(Delivery::person).toList());
                    ofList.stream()
                            .filter(delivery -> byCrm(known.getOrDefault(delivery.person(), List.of())))
                            .filter(delivery -> !leavesAlready(delivery))
                            .forEach(forbidden::add);
                });
        MemberRows.delivered(handle, forbidden, now);
        new Enqueuing(handle, now)
                .enqueue(forbidden.stream().map(Leaving::draft).toList());
    }

    /**
     * The other side of the same race: these people forbid mail as of this transaction, and somebody delivered them after
     * their reader had looked whether they were on a list, or may have done so.
     *
     * @param refusals what CRM records say against people of the connection
     * @param asked people for whom this transaction asks to leave anyway
     */
    List<Draft> justSubscribed(String connection, Collection<Suppression> refusals, Set<Person> asked, String runId) {
        Map<String, Suppression> byAddress = new HashMap<>();
        refusals.stream()
                .filter(refusal -> !asked.contains(refusal.person()))
                .forEach(refusal -> byAddress.put(refusal.person().address(), refusal));
        if (byAddress.isEmpty()) {
            return List.of();
        }
        return handle.createQuery("""
                        select m.list_id, m.person from mailing_list l
                        join unnest(cast(:people as varchar array)) as wanted (address) on true
                        left join list_member m on m.list_id = l.id and m.person = wanted.address
                        where l.connection = :connection and (m.unsure or m.active and m.delivered_at > :lately)
                        """)
                .bindArray("people", String.class, List.copyOf(byAddress.keySet()))
                .bind("connection", connection)
                .bind("lately", now.minus(LATELY))
                .map((row, context) -> {
                    Suppression refusal = byAddress.get(row.getString("person"));
                    return draft(row.getLong("list_id"), refusal.person(), runId, refusal.recordId());
                })
                .list();
    }

    private boolean leavesAlready(Delivery delivery) {
        return handle.createQuery("""
                        select 1 from delivery where list_id = :list and person = :person and action <> 'subscribe'
                        """)
                .bind("list", delivery.listId())
                .bind("person", delivery.person().address())
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    private static boolean byCrm(List<Suppression> suppressions) {
        return suppressions.stream()
                .anyMatch(suppression -> suppression.origin().startsWith(Suppression.CRM));
    }

    private static Draft draft(Delivery delivery) {
        return draft(delivery.listId(), delivery.person(), delivery.runId(), delivery.recordId());
    }

    static Draft draft(long listId, Person person, String runId, String recordId) {
        return Draft.leaving(listId, person, runId, recordId, new Outcome.Ignored(IgnoreReason.OPTED_OUT));
    }
}
