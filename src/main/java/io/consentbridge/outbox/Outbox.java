package io.consentbridge.outbox;

import io.consentbridge.audience.Batches;
import io.consentbridge.audience.ErasedPeople;
import io.consentbridge.audience.Suppression;
import io.consentbridge.audience.Suppressions;
import io.consentbridge.consent.Person;
import io.consentbridge.consent.Purpose;
import io.consentbridge.store.Database;
import io.consentbridge.store.PersonNumbers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * The deliveries that are due: at most one waits or flies per person and list. {@link OutboxQueries} counts them.
 *
 * <p>Threads and processes may share it. Every change may be repeated after a crash.
 */
public final class Outbox {

    private static final int CLAIMANTS = 4;

    private final Database database;
    private final InstantSource clock;
    private final Suppressions suppressions;
    private final ErasedPeople erased;
    private final Predicate<String> ownAddressOnly;
    private final Function<String, ZoneId> zones;
    private final Function<String, Optional<Purpose>> purposes;
    private final ReentrantLock claiming = new ReentrantLock();
    private final ReentrantLock settling = new ReentrantLock();

    public Outbox(Database database, InstantSource clock) {
        this(
                database,
                clock,
                new Suppressions(database, clock),
                sync -> false,
                connection -> ZoneOffset.UTC,
                sync -> Optional.empty(),
                ErasedPeople.none(database));
    }

    /**
     * @param suppressions keeps what replies of Campaigns say against people
     * @param ownAddressOnly the syncs for which a refusal by another address of the same record does not count
     * @param zones in which the days of a connection begin, by its name
     * @param purposes what a sync mails its people for, by its name
     * @param erased recognises people who were erased
     */
    public Outbox(
            Database database,
            InstantSource clock,
            Suppressions suppressions,
            Predicate<String> ownAddressOnly,
            Function<String, ZoneId> zones,
            Function<String, Optional<Purpose>> purposes,
            ErasedPeople erased) {
        this.purposes = purposes;
        this.erased = erased;
        this.ownAddressOnly = ownAddressOnly;
        this.zones = zones;
        this.database = database;
        this.clock = clock;
        this.suppressions = suppressions;
    }

    /**
     * Takes deliveries in, due at once. The newest per person and list wins: it replaces what waits, whose record, when
     * it is another one, is settled as ignored (other, or file duplicate within one run); one that flies keeps its
     * claim and is delivered anew afterwards. A dead letter of the person and list is dropped as superseded.
     */
    public void enqueue(Collection<Draft> drafts) {
        database.change(handle -> enqueue(handle, drafts));
    }

    /** {@link #enqueue(Collection)} within the caller's transaction. */
    public void enqueue(Handle handle, Collection<Draft> drafts) {
        if (!drafts.isEmpty()) {
            new Enqueuing(handle, clock.instant()).enqueue(drafts);
        }
    }

    /**
     * Takes back, within the caller's transaction, the subscriptions that wait or lie dead for these records of a sync,
     * because the records ask for none any more. Their outcomes are settled as ignored (other).
     *
     * @param byRun the run that read the records anew
     */
    public void withdraw(Handle handle, String sync, Collection<String> recordIds, String byRun) {
        if (!recordIds.isEmpty()) {
            new Withdrawing(handle, sync, byRun, clock.instant()).withdraw(recordIds);
        }
    }

    /**
     * Takes back every subscription that waits or lies dead for a sync that is gone; people who leave still leave. Their
     * outcomes are settled as ignored (other).
     *
     * @param sharing other syncs to the same lists
     * @return those of them that must be read anew, because their own request had given way to one that was taken back
     */
    public Set<String> withdrawAll(String sync, Collection<String> sharing) {
        Set<String> anew = withdrawPending(sync, sharing, "withdrawn, because the sync was deleted");
        database.change(handle -> WithdrawingAll.deadLetters(handle, sync));
        return anew;
    }

    /**
     * Takes back every subscription that waits for a sync; dead letters stay, and people who leave still leave. Their outcomes are
     * settled as ignored (other).
     *
     * @param sharing other syncs to the same lists, and the sync itself if it goes on later
     * @param because why, for the people who look at the outcomes
     * @return those of {@code sharing} that must be read anew, because a request of theirs was taken back or had given way to one
     */
    public Set<String> withdrawPending(String sync, Collection<String> sharing, String because) {
        Set<String> anew = new HashSet<>();
        int some;
        do {
            some = database.transaction(
                    handle -> new WithdrawingAll(handle, sync, because, clock.instant()).some(sharing, anew));
        } while (some > 0);
        return anew;
    }

    /**
     * Takes back, within the caller's transaction, that these people leave the list for any other reason than a refusal:
     * a record stands for them. What flies already is not caught.
     */
    public void stay(Handle handle, long listId, Collection<Person> people, String byRun) {
        if (!people.isEmpty()) {
            new RemovalCancellation(handle).stay(listId, people, byRun);
        }
    }

    /**
     * Claims what is due, by priority and age. Nobody else gets these until the lease ends, they are settled, or handed
     * back. Empty while the connection is held.
     *
     * <p>Of a list without a key one delivery at a time is given, so that one caller creates the list. A subscription
     * of somebody who is suppressed by now is not given: its record is settled as ignored for that reason.
     *
     * @param owner names the claiming process and worker
     * @param max how many at most
     */
    public List<Delivery> claim(String connection, Action action, String owner, int max, Duration lease) {
        return claim(connection, action, owner, max, lease, Optional.empty());
    }

    /**
     * Claims subscriptions as {@link #claim} does, but only those to these lists, and to lists that Campaigns does not have
     * yet: of other lists it was not read who left.
     */
    List<Delivery> claimFor(String connection, Set<Long> lists, String owner, int max, Duration lease) {
        return claim(connection, Action.SUBSCRIBE, owner, max, lease, Optional.of(lists));
    }

    private List<Delivery> claim(
            String connection, Action action, String owner, int max, Duration lease, Optional<Set<Long>> lists) {
        if (!database.embedded()) {
            return claim(connection, action, owner, max, lease, CLAIMANTS, lists);
        }
        // One process: its workers take turns, so that none finds only rows that another is about to take.
        claiming.lock();
        try {
            return claim(connection, action, owner, max, lease, 1, lists);
        } finally {
            claiming.unlock();
        }
    }

    /**
     * The lists of the next subscriptions that are due.
     *
     * @param ahead so many subscriptions each of those that claim at once looks at
     */
    Set<Long> nextLists(String connection, int ahead) {
        return database.query(handle -> ClaimableLists.nextLists(
                handle, connection, clock.instant(), database.embedded() ? ahead : ahead * CLAIMANTS));
    }

    private List<Delivery> claim(
            String connection,
            Action action,
            String owner,
            int max,
            Duration lease,
            int lookAhead,
            Optional<Set<Long>> lists) {
        return database.transaction(handle -> {
            Instant now = clock.instant();
            if (max < 1
                    || OutboxQueries.backsOffUntil(handle, connection)
                            .filter(now::isBefore)
                            .isPresent()) {
                return List.of();
            }
            ClaimScreening screening = new ClaimScreening(
                    handle,
                    connection,
                    now,
                    LocalDate.ofInstant(now, zones.apply(connection)),
                    new Heeding(handle, ownAddressOnly),
                    erased,
                    purposes);
            ClaimLease claimed = new ClaimLease(owner, now, now.plus(lease));
            List<Long> ids = new Claiming(handle, connection, action, claimed, lookAhead, screening, lists).claim(max);
            return ids.isEmpty() ? List.of() : DeliveryRows.read(handle, ids);
        });
    }

    /**
     * Asks people to leave, within the caller's transaction, who forbid mail as of now and were subscribed after the caller
     * read their refusal had looked whether they were on a list.
     *
     * @param refusals what CRM records say against people of the connection
     * @param asked people for whom the caller asks to leave anyway
     * @param barring the list whose refusing members are barred from every list; empty for none
     */
    public void expelJustSubscribed(
            Handle handle,
            String connection,
            Collection<Suppression> refusals,
            Set<Person> asked,
            String runId,
            OptionalLong barring) {
        Instant now = clock.instant();
        enqueue(
                handle,
                new InFlightOptOuts(handle, now, new Heeding(handle, ownAddressOnly))
                        .justSubscribed(connection, refusals, asked, runId).stream()
                                .map(draft -> barring.isPresent() && barring.getAsLong() == draft.listId()
                                        ? draft.barring()
                                        : draft)
                                .toList());
    }

    /**
     * Waits, within the caller's transaction, until no subscription of these people is being settled. One that is settled later
     * sees what this transaction keeps against them.
     */
    public void awaitSettling(Handle handle, String connection, Collection<Person> people) {
        if (!people.isEmpty()) {
            InFlightOptOuts.awaitSettling(handle, connection, PersonNumbers.known(handle, people));
        }
    }

    /**
     * Those of these people who leave the list already, within the caller's transaction: a delivery that waits or flies does as
     * much as that action. What is held back does not count.
     */
    public Set<Person> leaving(Handle handle, long listId, Action action, Collection<Person> people) {
        PersonNumbers numbers = PersonNumbers.known(handle, people);
        return handle
                .createQuery("""
                        select d.person_id from unnest(:people) as wanted (id)
                        join delivery d on d.person_id = wanted.id and d.list_id = :list
                        where d.action in ('do-not-mail', :action) and d.held_for is null
                        """)
                .bindArray("people", Long.class, numbers.all())
                .bind("list", listId)
                .bind("action", action.word())
                .map((row, context) -> numbers.person(row.getLong("person_id")))
                .stream()
                .collect(Collectors.toSet());
    }

    /**
     * Settles claimed deliveries in one transaction; repeating it changes nothing. Of several batches in flight one at a time
     * is settled, so that they do not wait for each other's rows.
     */
    public void settle(List<Settlement> settlements) {
        if (settlements.isEmpty()) {
            return;
        }
        settling.lock();
        try {
            database.change(handle -> {
                Instant now = clock.instant();
                new Settling(handle, now, suppressions, ownAddressOnly, new DeliveredEvents(handle, now, purposes))
                        .settle(settlements);
            });
        } finally {
            settling.unlock();
        }
    }

    /**
     * Gives back, unchanged, whatever that owner has claimed; for an orderly end.
     *
     * @return how many
     */
    public int handBack(String owner) {
        return database.transaction(handle -> ClaimRelease.freeAllOf(handle, owner));
    }

    /**
     * Gives every claim free: for the start of a process that has its database alone, so that the process that claimed is gone.
     *
     * @return how many
     */
    public int abandonAll() {
        return database.transaction(handle -> ClaimRelease.freeAll(handle, clock.instant()));
    }

    /**
     * Makes dead letters of every subscription that waits for a list, without a call: the list is gone. Nobody is on it any
     * more, so pending removals are done; Do-Not-Mail needs no list and waits. The claimant settles what is in flight.
     *
     * @return how many became dead letters
     */
    public int parkAll(long listId, String code, String cause) {
        int all = 0;
        int some;
        do {
            some = database.transaction(handle -> new Parking(handle, clock.instant()).parkSome(listId, code, cause));
            all += some;
        } while (some > 0);
        while (database.transaction(handle -> leaveSome(handle, listId)) > 0) {}
        return all;
    }

    private int leaveSome(Handle handle, long listId) {
        Instant now = clock.instant();
        List<Long> ids = handle.createQuery("""
                        select id from delivery
                        where list_id = :list and action = 'unsubscribe' and (claimed_until is null or claimed_until <= :now)
                        order by id fetch first :max rows only for update skip locked
                        """)
                .bind("max", Batches.SIZE)
                .bind("list", listId)
                .bind("now", now)
                .mapTo(Long.class)
                .list();
        if (!ids.isEmpty()) {
            new Settling(handle, now, suppressions, ownAddressOnly, new DeliveredEvents(handle, now, purposes))
                    .settle(DeliveryRows.read(handle, ids).stream()
                            .<Settlement>map(
                                    delivery -> new Settlement.Delivered(delivery, delivery.onSuccess(), false))
                            .toList());
        }
        return ids.size();
    }
}
