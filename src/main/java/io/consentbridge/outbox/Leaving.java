package io.consentbridge.outbox;

import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.consent.Person;
import io.consentbridge.sync.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Takes people off a list again, within a transaction, who forbade mail in the CRM while their subscription was on its
 * way: whoever read the CRM did not find them on the list yet.
 */
final class Leaving {

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
        Content content = Content.leaving(delivery.person());
        return new Draft(
                delivery.listId(),
                delivery.person(),
                Action.UNSUBSCRIBE,
                0,
                content,
                Fingerprint.of(Action.UNSUBSCRIBE, content),
                delivery.runId(),
                delivery.recordId(),
                new Outcome.Ignored(IgnoreReason.OPTED_OUT));
    }
}
