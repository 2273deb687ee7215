package io.consentbridge.ledger;

import io.consentbridge.consent.ConsentRule;
import io.consentbridge.consent.Decision;
import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.consent.Person;
import io.consentbridge.store.PersonNumbers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Tells a person who takes a consent back from one who must not be mailed and never had given any. */
final class Standing {

    private static final Set<String> REFUSALS = Set.of(ConsentRule.OPTED_OUT, ConsentRule.REFUSED);

    private Standing() {}

    private record Consent(Long person, String purpose) {}

    /** The events, of which refusals of people whose consent stands are withdrawals. */
    static List<LedgerEvent> withdrawn(Handle handle, List<LedgerEvent> events, PersonNumbers people) {
        Map<Person, Long> refusing = events.stream()
                .filter(Standing::refuses)
                .map(LedgerEvent::person)
                .distinct()
                .collect(Collectors.toMap(person -> person, people::of));
        if (refusing.isEmpty()) {
            return events;
        }
        Set<Consent> given = given(handle, Set.copyOf(refusing.values()));
        return events.stream()
                .map(event ->
                        refuses(event) && given.contains(new Consent(refusing.get(event.person()), event.purpose()))
                                ? event.as(EventKind.WITHDRAWN)
                                : event)
                .toList();
    }

    private static boolean refuses(LedgerEvent event) {
        return event.event() == EventKind.SUPPRESSED
                && event.person() != null
                && !event.purpose().isEmpty()
                && (REFUSALS.contains(event.rule())
                        || event.source().equals(LedgerEvent.CAMPAIGNS)
                                && IgnoreReason.OPTED_OUT
                                        .word()
                                        .equals(event.inputs().get("reason")));
    }

    /** The consents of these people that stand: nothing that ends them came after they were given. */
    private static Set<Consent> given(Handle handle, Set<Long> people) {
        Map<Consent, Boolean> last = new HashMap<>();
        handle.createQuery("""
                        select told.person_id, k.purpose, k.event, k.decision
                        from (
                            select 1 as stage, e.id, s.person_id, e.kind
                            from unnest(:people) as wanted (id) join ledger_subject s on s.person_id = wanted.id
                            join ledger_entry e on e.subject = s.id
                            union all
                            select 2, v.id, v.person_id, v.kind
                            from unnest(:people) as wanted (id) join ledger_event v on v.person_id = wanted.id
                        ) as told join ledger_kind k on k.id = told.kind
                        order by told.stage, told.id
                        """)
                .bindArray("people", Long.class, List.copyOf(people))
                .map((row, context) -> {
                    EventKind event = EventKind.of(row.getString("event"));
                    Consent consent = new Consent(row.getLong("person_id"), row.getString("purpose"));
                    return switch (event) {
                        case GIVEN -> last.put(consent, true);
                        case IMPORTED ->
                            last.put(consent, Decision.DELIVER_AS_EXPRESSED.equals(row.getString("decision")));
                        case REFUSED, EXPIRED, WITHDRAWN, SUPPRESSED -> last.put(consent, false);
                        default -> false;
                    };
                })
                .list();
        return last.entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }
}
