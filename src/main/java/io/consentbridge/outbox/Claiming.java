package io.consentbridge.outbox;

import io.consentbridge.ledger.Alarm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** One claim, within a transaction: picks rows that nobody has, settles those that must not be mailed, marks the rest. */
final class Claiming {

    /** So many times a claim looks again when everything it found was suppressed; the next claim goes on. */
    private static final int LOOKS = 10;

    private final Handle handle;
    private final String connection;
    private final Action action;
    private final ClaimLease lease;
    private final int lookAhead;
    private final ClaimScreening screening;
    private final Optional<Set<Long>> only;

    /**
     * @param lookAhead so many claims at once each find rows that the others have not locked
     * @param screening sorts out subscriptions that must not be made
     * @param only the lists with a key that are claimed for; empty for all
     */
    Claiming(
            Handle handle,
            String connection,
            Action action,
            ClaimLease lease,
            int lookAhead,
            ClaimScreening screening,
            Optional<Set<Long>> only) {
        this.handle = handle;
        this.connection = connection;
        this.action = action;
        this.lease = lease;
        this.lookAhead = lookAhead;
        this.screening = screening;
        this.only = only;
    }

    /** The rows that are the caller's now. */
    List<Long> claim(int max) {
        boolean subscribing = action == Action.SUBSCRIBE;
        if (subscribing
                && (Alarm.isRaised(handle)
                        || Integrations.off(handle, connection).isPresent())) {
            return List.of();
        }
        ClaimableLists.Apart found = ClaimableLists.Apart.of(handle, connection, action, lease.from());
        List<Long> keyless = found.keyless();
        List<Long> ended = subscribing ? found.ended() : List.of();
        List<Long> postponed = found.postponed();
        List<Long> single = Stream.concat(
                        keyless.stream(),
                        ended.stream()
                                .filter(list -> only.isEmpty() || only.get().contains(list)))
                .sorted()
                .toList();
        List<Long> claimed = new ArrayList<>();
        for (long listId : single) {
            if (claimed.size() < max && !postponed.contains(listId) && isAlone(listId)) {
                claimed.addAll(take(ClaimableLists.DUE_ON, List.of(listId), 1));
            }
        }
        Set<Long> apart = new TreeSet<>(keyless);
        apart.addAll(ended);
        apart.addAll(postponed);
        if (only.isEmpty()) {
            claimed.addAll(take(ClaimableLists.DUE_BESIDE, List.copyOf(apart), max - claimed.size()));
        } else {
            List<Long> lists =
                    only.get().stream().filter(list -> !apart.contains(list)).toList();
            claimed.addAll(take(ClaimableLists.DUE_ON, lists, max - claimed.size()));
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
                        .bind("now", lease.from())
                        .mapTo(Integer.class)
                        .findOne()
                        .isEmpty();
    }

    private List<Long> take(String due, List<Long> lists, int max) {
        List<Long> taken = new ArrayList<>();
        for (int look = 0; look < LOOKS && taken.size() < max; look++) {
            List<ClaimCandidate> found = candidates(due, lists, max - taken.size());
            noteUnsure(found);
            Set<Long> refused = action == Action.SUBSCRIBE ? screening.settle(found) : Set.of();
            List<Long> free = found.stream()
                    .map(ClaimCandidate::id)
                    .filter(id -> !refused.contains(id))
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
     * In two steps, because an engine may sort the whole outbox if one statement both sorts and locks. The second step
     * repeats every condition that may have changed in between: a subscription that replaced a removal would not be
     * screened.
     */
    private List<ClaimCandidate> candidates(String due, List<Long> lists, int max) {
        List<Long> next = handle.createQuery(due)
                .bind("connection", connection)
                .bind("action", action.word())
                .bind("now", lease.from())
                .bindArray("lists", Long.class, lists)
                .bind("max", max * lookAhead)
                .map((row, context) -> row.getLong("id"))
                .list();
        return handle.createQuery("""
                        select id, list_id, person_id, fingerprint, run_id, record_id, outcome_id, dead_letter, claimed_by is not null as claimed
                        from delivery
                        where id = any(:ids) and action = :action and due_at <= :now
                          and (claimed_until is null or claimed_until <= :now)
                          and (action <> 'subscribe' or not exists (
                            select 1 from list_lock k where k.list_id = delivery.list_id))
                        order by priority, due_at, id fetch first :max rows only for update skip locked
                        """)
                .bind("max", max)
                .bindArray("ids", Long.class, next)
                .bind("action", action.word())
                .bind("now", lease.from())
                .map(ClaimCandidate::of)
                .list();
    }

    private void noteUnsure(List<ClaimCandidate> found) {
        if (action == Action.SUBSCRIBE) {
            MemberRows.unsure(
                    handle,
                    found.stream()
                            .filter(ClaimCandidate::claimed)
                            .map(ClaimCandidate::sent)
                            .toList(),
                    lease.from());
        }
    }

    private void mark(List<Long> ids) {
        if (!ids.isEmpty()) {
            handle.createUpdate("""
                            update delivery set claimed_by = :owner, claimed_until = :until, claimed_version = version
                            where id = any(:ids)
                            """)
                    .bind("owner", lease.owner())
                    .bind("until", lease.until())
                    .bindArray("ids", Long.class, ids)
                    .execute();
        }
    }
}
