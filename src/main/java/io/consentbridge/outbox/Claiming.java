package io.consentbridge.outbox;

import io.consentbridge.audience.FormerAddresses;
import io.consentbridge.audience.MailingLists;
import io.consentbridge.audience.Suppression;
import io.consentbridge.audience.Suppressions;
import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.store.PersonNumbers;
import io.consentbridge.sync.Outcome;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** One claim, within a transaction: picks rows that nobody has, settles those that must not be mailed, marks the rest. */
final class Claiming {

    /** So many times a claim looks again when everything it found was suppressed; the next claim goes on. */
    private static final int LOOKS = 10;

    /** @param claimed whether somebody claimed it before and was not heard of again */
    private record Candidate(
            long id,
            UnconfirmedSubscription sent,
            String runId,
            String recordId,
            Long outcomeId,
            Long deadLetter,
            boolean claimed) {

        MemberKey key() {
            return sent.key();
        }

        static Candidate of(ResultSet row, StatementContext context) throws SQLException {
            return new Candidate(
                    row.getLong("id"),
                    UnconfirmedSubscription.read(row, context),
                    row.getString("run_id"),
                    row.getString("record_id"),
                    row.getObject("outcome_id", Long.class),
                    row.getObject("dead_letter", Long.class),
                    row.getBoolean("claimed"));
        }
    }

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
    private final Action action;
    private final String owner;
    private final Instant now;
    private final LocalDate today;
    private final Instant until;
    private final int lookAhead;
    private final Heeding heeding;
    private final Optional<Set<Long>> only;

    Claiming(
            Handle handle, String connection, Action action, String owner, Instant now, Duration lease, int lookAhead) {
        this(
                handle,
                connection,
                action,
                owner,
                now,
                LocalDate.ofInstant(now, ZoneOffset.UTC),
                lease,
                lookAhead,
                sync -> false,
                Optional.empty());
    }

    /**
     * @param today the day that it is in the connection's zone
     * @param lookAhead so many claims at once each find rows that the others have not locked
     * @param ownAddressOnly the syncs for which a refusal by another address of the same record does not count
     * @param only the lists with a key that are claimed for; empty for all
     */
    Claiming(
            Handle handle,
            String connection,
            Action action,
            String owner,
            Instant now,
            LocalDate today,
            Duration lease,
            int lookAhead,
            Predicate<String> ownAddressOnly,
            Optional<Set<Long>> only) {
        this.handle = handle;
        this.connection = connection;
        this.action = action;
        this.owner = owner;
        this.now = now;
        this.today = today;
        this.until = now.plus(lease);
        this.lookAhead = lookAhead;
        this.heeding = new Heeding(handle, ownAddressOnly);
        this.only = only;
    }

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
        Set<Long> lists = new TreeSet<>(next(handle, connection, now, "list_id <> all(:lists)", apart, ahead));
        ended.stream()
                .filter(list -> !next(handle, connection, now, "list_id = any(:lists)", List.of(list), 1)
                        .isEmpty())
                .forEach(lists::add);
        return lists;
    }

    private static List<Long> next(
            Handle handle, String connection, Instant now, String which, List<Long> lists, int ahead) {
        return handle.createQuery("""
                        select list_id from delivery
                        where connection = :connection and action = 'subscribe' and due_at <= :now
                          and (claimed_until is null or claimed_until <= :now) and %s
                        order by connection, action, priority, due_at, id fetch first %s rows only
                        """.formatted(which, ahead))
                .bind("connection", connection)
                .bind("now", now)
                .bindArray("lists", Long.class, lists)
                .mapTo(Long.class)
                .list();
    }

    private static List<Long> keyless(Handle handle, String connection) {
        return handle.createQuery(
                        "select id from mailing_list where connection = :connection and list_key is null order by id")
                .bind("connection", connection)
                .mapTo(Long.class)
                .list();
    }

    private static List<Long> ended(Handle handle, String connection, Instant now) {
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

    /** The rows that are the caller's now. */
    List<Long> claim(int max) {
        boolean subscribing = action == Action.SUBSCRIBE;
        List<Long> keyless = keyless(handle, connection);
        List<Long> ended = subscribing ? ended(handle, connection, now) : List.of();
        List<Long> postponed = postponed(handle, connection, action, now);
        List<Long> single = Stream.concat(
                        keyless.stream(),
                        ended.stream()
                                .filter(list -> only.isEmpty() || only.get().contains(list)))
                .sorted()
                .toList();
        List<Long> claimed = new ArrayList<>();
        for (long listId : single) {
            if (claimed.size() < max && !postponed.contains(listId) && isAlone(listId)) {
                claimed.addAll(take("list_id = any(:lists)", List.of(listId), 1));
            }
        }
        Set<Long> apart = new TreeSet<>(keyless);
        apart.addAll(ended);
        apart.addAll(postponed);
        if (only.isEmpty()) {
            claimed.addAll(take("list_id <> all(:lists)", List.copyOf(apart), max - claimed.size()));
        } else {
            List<Long> lists =
                    only.get().stream().filter(list -> !apart.contains(list)).toList();
            claimed.addAll(take("list_id = any(:lists)", lists, max - claimed.size()));
        }
        return claimed;
    }

    /**
     * Holding the list's row keeps two claims from both giving out its first delivery, or the one by which it is tried
     * whether a held list takes people again.
     */
    private boolean isAlone(long listId) {
        boolean ours = handle.createQuery("""
                        select id from mailing_list
                        where id = :list and (list_key is null or held_until is not null) for update skip locked
                        """)
                .bind("list", listId)
                .mapTo(Long.class)
                .findOne()
                .isPresent();
        return ours
                && handle.createQuery(
                                "select 1 from delivery where list_id = :list and claimed_until > :now fetch first row only")
                        .bind("list", listId)
                        .bind("now", now)
                        .mapTo(Integer.class)
                        .findOne()
                        .isEmpty();
    }

    private List<Long> take(String which, List<Long> lists, int max) {
        List<Long> taken = new ArrayList<>();
        for (int look = 0; look < LOOKS && taken.size() < max; look++) {
            List<Candidate> found = candidates(which, lists, max - taken.size());
            noteUnsure(found);
            Map<Long, Refusal> refused = action == Action.SUBSCRIBE ? suppressed(found) : Map.of();
            settle(found, refused);
            List<Long> free = found.stream()
                    .map(Candidate::id)
                    .filter(id -> !refused.containsKey(id))
                    .toList();
            mark(free);
            taken.addAll(free);
            if (refused.isEmpty()) {
                break;
            }
        }
        return taken;
    }

    /**
     * In two steps, because H2 sorts the whole outbox by hand when one statement both sorts and locks. The second asks all
     * that may have changed in between: a subscription in the place of somebody who was to leave would not be screened.
     */
    private List<Candidate> candidates(String which, List<Long> lists, int max) {
        List<Long> next = handle.createQuery("""
                        select id from delivery
                        where connection = :connection and action = :action and due_at <= :now
                          and (claimed_until is null or claimed_until <= :now) and %s
                        order by connection, action, priority, due_at, id fetch first %s rows only
                        """.formatted(which, max * lookAhead))
                .bind("connection", connection)
                .bind("action", action.word())
                .bind("now", now)
                .bindArray("lists", Long.class, lists)
                .mapTo(Long.class)
                .list();
        return handle.createQuery("""
                        select id, list_id, person_id, fingerprint, run_id, record_id, outcome_id, dead_letter, claimed_by is not null as claimed
                        from delivery
                        where id = any(:ids) and action = :action and due_at <= :now
                          and (claimed_until is null or claimed_until <= :now)
                        order by priority, due_at, id fetch first %s rows only for update skip locked
                        """.formatted(max))
                .bindArray("ids", Long.class, next)
                .bind("action", action.word())
                .bind("now", now)
                .map(Candidate::of)
                .list();
    }

    private void noteUnsure(List<Candidate> found) {
        if (action == Action.SUBSCRIBE) {
            MemberRows.unsure(
                    handle,
                    found.stream()
                            .filter(Candidate::claimed)
                            .map(Candidate::sent)
                            .toList(),
                    now);
        }
    }

    /**
     * The gravest reason for each delivery that must not be made: a refusal; or a word for the lawful basis that nobody knows,
     * or a consent whose last day passed while the delivery waited, for which nobody is taken off a list.
     */
    private Map<Long, Refusal> suppressed(List<Candidate> found) {
        Map<Long, List<Candidate>> byPerson = new HashMap<>();
        found.forEach(candidate -> byPerson.computeIfAbsent(candidate.key().personId(), person -> new ArrayList<>())
                .add(candidate));
        Map<Long, Refusal> refused = new HashMap<>();
        Set<Long> putBack = putBack(found);
        handle.createQuery("""
                        select s.person_id, s.list_id, s.origin, s.reason
                        from unnest(cast(:people as bigint array)) as wanted (id)
                        left join suppression s on s.person_id = wanted.id and s.connection = :connection
                        where s.person_id is not null
                        union all
                        select u.person_id, 0, 'unknown-word', 'consent-withheld'
                        from unnest(cast(:people as bigint array)) as named (id)
                        left join unknown_word u on u.person_id = named.id and u.connection = :connection
                        where u.person_id is not null
                        union all
                        select d.person_id, d.list_id, 'consent-ended', 'consent-withheld'
                        from unnest(cast(:deliveries as bigint array)) as due (id)
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
                        found.stream().map(Candidate::id).toList())
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
        FormerAddresses.against(handle, connection, List.copyOf(byPerson.keySet()))
                .forEach(against -> refuse(
                        byPerson.get(against.personId()).stream()
                                .filter(candidate -> !against.second() || heeding.heeds(candidate.runId()))
                                .toList(),
                        against.listId(),
                        new Refusal(against.reason(), against.byCrm(), false),
                        putBack,
                        refused));
        return refused;
    }

    /** Deliveries that put people back whom we had taken off, and of whom our books still say so. */
    private Set<Long> putBack(List<Candidate> found) {
        return handle
                .createQuery("""
                        select d.id from delivery d
                        join list_member m on m.list_id = d.list_id and m.person_id = d.person_id
                        where d.id = any(:ids) and d.put_back
                          and m.taken_off and m.taken_off_sure and m.returned_at is null
                        """)
                .bindArray("ids", Long.class, found.stream().map(Candidate::id).toList())
                .mapTo(Long.class)
                .stream()
                .collect(Collectors.toSet());
    }

    private static void refuse(
            List<Candidate> candidates, long listId, Refusal refusal, Set<Long> putBack, Map<Long, Refusal> refused) {
        candidates.stream()
                .filter(candidate -> !(refusal.left() && putBack.contains(candidate.id())))
                .filter(candidate -> listId == Suppression.EVERY_LIST
                        || listId == candidate.key().listId())
                .forEach(candidate -> refused.merge(candidate.id(), refusal, Refusal::and));
    }

    private void settle(List<Candidate> found, Map<Long, Refusal> refused) {
        if (refused.isEmpty()) {
            return;
        }
        OutcomeUpdates fates = new OutcomeUpdates(handle);
        List<Long> letters = new ArrayList<>();
        for (Candidate candidate : found) {
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
    private void takeOff(List<Candidate> forbidden) {
        Set<MemberKey> unsure = MemberRows.unsureAmong(
                handle, forbidden.stream().map(Candidate::key).toList());
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

    private void mark(List<Long> ids) {
        if (!ids.isEmpty()) {
            handle.createUpdate("""
                            update delivery set claimed_by = :owner, claimed_until = :until, claimed_version = version
                            where id = any(:ids)
                            """)
                    .bind("owner", owner)
                    .bind("until", until)
                    .bindArray("ids", Long.class, ids)
                    .execute();
        }
    }
}
