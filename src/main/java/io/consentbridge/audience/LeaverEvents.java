package io.consentbridge.audience;

import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.consent.Person;
import io.consentbridge.consent.Purpose;
import io.consentbridge.ledger.EventKind;
import io.consentbridge.ledger.LedgerEvent;
import io.consentbridge.ledger.LedgerRows;
import io.consentbridge.store.PersonNumbers;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.jdbi.v3.core.Handle;

/**
 * The events of the ledger that people are whom Campaigns lists as gone for the first time. Those whom this product took off are
 * none.
 */
final class LeaverEvents {

    private static final String WHY_LEFT = "Campaigns lists the person as unsubscribed.";
    private static final String WHY_BOUNCED = "Campaigns lists the person as bounced.";
    private static final String DECISION = "suppress";

    private final BiFunction<String, String, Set<Purpose>> purposes;

    /** @param purposes what the people of a list are mailed for, by the names of connection and list */
    LeaverEvents(BiFunction<String, String, Set<Purpose>> purposes) {
        this.purposes = purposes;
    }

    void append(Handle handle, long listId, Collection<Suppression> fresh) {
        if (fresh.isEmpty()) {
            return;
        }
        PersonNumbers people = PersonNumbers.known(
                handle, fresh.stream().map(Suppression::person).toList());
        Set<Person> ours = new HashSet<>();
        handle.createQuery("""
                        select m.person_id from unnest(:people) as wanted (id)
                        join list_member m on m.person_id = wanted.id and m.list_id = :list where m.taken_off
                        """)
                .bindArray("people", Long.class, people.all())
                .bind("list", listId)
                .mapTo(Long.class)
                .forEach(number -> ours.add(people.person(number)));
        String list = handle.createQuery("select name from mailing_list where id = :list")
                .bind("list", listId)
                .mapTo(String.class)
                .one();
        String connection = fresh.iterator().next().connection();
        Set<Purpose> of = purposes.apply(connection, list);
        List<LedgerEvent> events = fresh.stream()
                .filter(gone -> !ours.contains(gone.person()))
                .flatMap(gone -> of.isEmpty()
                        ? List.of(event(gone, "", "")).stream()
                        : of.stream().map(purpose -> event(gone, purpose.name(), purpose.statementVersion())))
                .toList();
        LedgerRows.append(handle, events);
    }

    private static LedgerEvent event(Suppression gone, String purpose, String statementVersion) {
        boolean bounced = gone.reason() == IgnoreReason.BOUNCED;
        return new LedgerEvent(
                EventKind.SUPPRESSED,
                gone.person(),
                gone.connection(),
                purpose,
                statementVersion,
                "",
                LedgerEvent.CAMPAIGNS,
                Map.of("reason", gone.reason().word()),
                "",
                "",
                Map.of(),
                gone.since(),
                new LedgerEvent.Told("", DECISION, bounced ? WHY_BOUNCED : WHY_LEFT));
    }
}
