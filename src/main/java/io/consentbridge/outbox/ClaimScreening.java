package io.consentbridge.outbox;

import io.consentbridge.audience.ErasedPeople;
import io.consentbridge.audience.FormerAddresses;
import io.consentbridge.audience.ListFamily;
import io.consentbridge.audience.Suppression;
import io.consentbridge.audience.Suppressions;
import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.consent.Purpose;
import io.consentbridge.store.PersonNumbers;
import io.consentbridge.sync.Outcome;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Sorts out, within the transaction of a claim, the subscriptions of people who must not be mailed. */
final class ClaimScreening {

    /**
     * @param byCrm whether a CRM record says so, and not only Campaigns itself
     * @param left whether it was only read that they left the list, which does not tell whose doing that was
     */
    private record Refusal(IgnoreReason reason, boolean byCrm, boolean left) {

        Refusal and(Refusal other) {
            boolean graver = Suppressions.gravity(reason) <= Suppressions.gravity(other.reason);
            return new Refusal(graver ? reason : other.reason, byCrm || other.byCrm, left && other.left);
        }
    }

    private final Handle handle;
    private final String connection;
    private final Instant now;
    private final LocalDate today;
    private final Heeding heeding;
    private final ErasedPeople erased;
    private final Function<String, Optional<Purpose>> purposes;

    /**
     * @param today the day that it is in the connection's zone
     * @param erased recognises people who were erased
     * @param heeding for which syncs a refusal by another address of the same record counts
     * @param purposes what a sync mails its people for, by its name
     */
    ClaimScreening(
            Handle handle,
            String connection,
            Instant now,
            LocalDate today,
            Heeding heeding,
            ErasedPeople erased,
            Function<String, Optional<Purpose>> purposes) {
        this.purposes = purposes;
        this.handle = handle;
        this.connection = connection;
        this.now = now;
        this.today = today;
        this.heeding = heeding;
        this.erased = erased;
    }

    /**
     * Settles the subscriptions that must not be made: their records count as ignored.
     *
     * @return the numbers of these deliveries
     */
    Set<Long> settle(List<ClaimCandidate> found) {
        Map<Long, Refusal> refused = refused(found);
        if (!refused.isEmpty()) {
            settle(found, refused);
        }
        return refused.keySet();
    }

    /**
     * The gravest reason for each delivery that must not be made: a refusal; or a word for the lawful basis that nobody knows,
     * a consent whose last day passed while the delivery waited, or one that another sync no longer finds in the record, for which
     * nobody is taken off a list.
     */
    private Map<Long, Refusal> refused(List<ClaimCandidate> found) {
        Map<Long, List<ClaimCandidate>> byPerson = new HashMap<>();
        found.forEach(candidate -> byPerson.computeIfAbsent(candidate.key().personId(), person -> new ArrayList<>())
                .add(candidate));
        Map<Long, Refusal> refused = new HashMap<>();
        Set<Long> putBack = putBack(found);
        Set<Long> outdated = outdated(found);
        handle.createQuery("""
                        select s.person_id, s.list_id, s.origin, s.reason
                        from unnest(:people) as wanted (id)
                        join suppression s on s.person_id = wanted.id and s.connection = :connection
                        where s.person_id is not null
                        union all
                        select u.person_id, 0, 'unknown-word', 'consent-withheld'
                        from unnest(:people) as named (id)
                        join unknown_word u on u.person_id = named.id and u.connection = :connection
                        where u.person_id is not null
                        union all
                        select d.person_id, d.list_id, 'consent-ended', 'consent-withheld'
                        from unnest(:deliveries) as due (id)
                        join delivery d on d.id = due.id
                        join run r on r.id = d.run_id
                        join source_record o on o.sync = r.sync and o.record_id = d.record_id
                        join consent_end e on e.sync = r.sync and e.record_id = d.record_id
                        where o.decision in ('deliver', 'deliver-as-expressed') and e.ends_on <= :today
                        """)
                .bind("connection", connection)
                .bind("today", today)
                .bindArray(
                        "deliveries",
                        Long.class,
                        found.stream().map(ClaimCandidate::id).toList())
                .bindArray("people", Long.class, List.copyOf(byPerson.keySet()))
                .map((row, context) -> {
                    long listId = row.getLong("list_id");
                    String origin = row.getString("origin");
                    IgnoreReason reason = IgnoreReason.of(row.getString("reason"));
                    Refusal refusal = new Refusal(
                            reason, origin.startsWith(Suppression.CRM), Suppression.saysThatTheyLeft(origin, reason));
                    refuse(byPerson.get(row.getLong("person_id")), listId, refusal, putBack, refused);
                    return listId;
                })
                .list();
        erased.numbers(handle, byPerson.keySet())
                .forEach(person -> refuse(
                        byPerson.get(person),
                        Suppression.EVERY_LIST,
                        new Refusal(IgnoreReason.OPTED_OUT, false, false),
                        putBack,
                        refused));
        found.stream()
                .filter(candidate -> outdated.contains(candidate.id()))
                .forEach(candidate -> refused.merge(
                        candidate.id(), new Refusal(IgnoreReason.CONSENT_WITHHELD, false, false), Refusal::and));
        Map<Long, ListFamily> families = new HashMap<>();
        found.forEach(
                candidate -> families.computeIfAbsent(candidate.key().listId(), list -> ListFamily.of(handle, list)));
        FormerAddresses.against(handle, connection, List.copyOf(byPerson.keySet()))
                .forEach(against -> refuse(
                        byPerson.get(against.personId()).stream()
                                .filter(candidate -> !against.second() || heeding.heeds(candidate.runId()))
                                .filter(candidate ->
                                        families.get(candidate.key().listId()).counts(against.listId()))
                                .toList(),
                        Suppression.EVERY_LIST,
                        new Refusal(against.reason(), against.byCrm(), false),
                        putBack,
                        refused));
        families.values()
                .forEach(family -> family.elsewhere(handle, connection, byPerson.keySet())
                        .forEach(against -> refuse(
                                byPerson.get(against.personId()),
                                family.listId(),
                                new Refusal(against.reason(), against.byCrm(), false),
                                putBack,
                                refused)));
        return refused;
    }

    /**
     * Deliveries whose record a later reading no longer allows mail: another sync of the same purpose read a newer version of it.
     * The consent that a record states is the same for every sync (docs/consent.md, "Who keeps a person on a list"). One that the
     * person gave when they were asked does not depend on the record.
     */
    private Set<Long> outdated(List<ClaimCandidate> found) {
        return handle
                .createQuery("""
                        select d.id, own.sync, later.sync as later_sync
                        from unnest(:deliveries) as due (id)
                        join delivery d on d.id = due.id
                        join run r on r.id = d.run_id
                        join source_record own on own.sync = r.sync and own.record_id = d.record_id
                        join source_record later
                          on later.person_id = d.person_id and later.record_id = d.record_id
                          and later.modified_at > own.modified_at
                        where own.decision in ('deliver', 'deliver-as-expressed')
                          and later.decision in ('withhold', 'request-consent')
                          and not exists (
                            select 1 from confirmation_request q
                            where q.person_id = d.person_id and q.list_id = d.list_id and q.state = 'given')
                        """)
                .bindArray(
                        "deliveries",
                        Long.class,
                        found.stream().map(ClaimCandidate::id).toList())
                .map((row, context) -> new Later(row.getLong("id"), row.getString("sync"), row.getString("later_sync")))
                .stream()
                .filter(later -> isOfOnePurpose(later.sync(), later.laterSync()))
                .map(Later::delivery)
                .collect(Collectors.toSet());
    }

    /** A delivery of a sync, and another sync that read a newer version of its record. */
    private record Later(long delivery, String sync, String laterSync) {}

    private boolean isOfOnePurpose(String sync, String other) {
        Optional<String> purpose = purposes.apply(sync).map(Purpose::name);
        return purpose.isPresent() && purpose.equals(purposes.apply(other).map(Purpose::name));
    }

    /** Deliveries that put people back whom we had taken off, and of whom our books still say so. */
    private Set<Long> putBack(List<ClaimCandidate> found) {
        return handle
                .createQuery("""
                        select d.id from delivery d
                        join list_member m on m.list_id = d.list_id and m.person_id = d.person_id
                        where d.id = any(:ids) and d.put_back
                          and m.taken_off and m.taken_off_sure and m.returned_at is null
                        """)
                .bindArray(
                        "ids",
                        Long.class,
                        found.stream().map(ClaimCandidate::id).toList())
                .mapTo(Long.class)
                .stream()
                .collect(Collectors.toSet());
    }

    private static void refuse(
            List<ClaimCandidate> candidates,
            long listId,
            Refusal refusal,
            Set<Long> putBack,
            Map<Long, Refusal> refused) {
        candidates.stream()
                .filter(candidate -> !(refusal.left() && putBack.contains(candidate.id())))
                .filter(candidate -> listId == Suppression.EVERY_LIST
                        || listId == candidate.key().listId())
                .forEach(candidate -> refused.merge(candidate.id(), refusal, Refusal::and));
    }

    private void settle(List<ClaimCandidate> found, Map<Long, Refusal> refused) {
        OutcomeUpdates fates = new OutcomeUpdates(handle);
        List<Long> letters = new ArrayList<>();
        for (ClaimCandidate candidate : found) {
            Refusal refusal = refused.get(candidate.id());
            if (refusal != null) {
                boolean replay = candidate.deadLetter() != null;
                fates.settle(
                        candidate.outcomeId(),
                        replay,
                        new Outcome.Ignored(refusal.reason()),
                        "suppressed before it was sent");
                if (replay) {
                    letters.add(candidate.deadLetter());
                }
            }
        }
        fates.write();
        DeliveryRows.delete(handle, refused.keySet());
        DeadLetterRows.delete(handle, letters);
        takeOff(found.stream()
                .filter(candidate -> refused.containsKey(candidate.id())
                        && refused.get(candidate.id()).byCrm())
                .toList());
    }

    /** An earlier try to deliver them may have reached Campaigns, where nobody else takes them off the list. */
    private void takeOff(List<ClaimCandidate> forbidden) {
        Set<MemberKey> unsure = MemberRows.unsureAmong(
                handle, forbidden.stream().map(ClaimCandidate::key).toList());
        PersonNumbers people = PersonNumbers.numbered(
                handle, unsure.stream().map(MemberKey::personId).toList());
        new Enqueuing(handle, now)
                .enqueue(forbidden.stream()
                        .filter(candidate -> unsure.contains(candidate.key()))
                        .map(candidate -> InFlightOptOuts.draft(
                                candidate.key().listId(),
                                people.person(candidate.key().personId()),
                                candidate.runId(),
                                candidate.recordId()))
                        .toList());
    }
}
