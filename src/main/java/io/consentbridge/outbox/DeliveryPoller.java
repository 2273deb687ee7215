package io.consentbridge.outbox;

import io.consentbridge.outbox.BatchesInFlight.Place;
import io.consentbridge.outbox.BatchesInFlight.Turn;
import io.consentbridge.quota.QuotaGovernor;
import io.consentbridge.zoho.Connection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Claims due deliveries within the quotas, of each connection removals first, and refreshes who left a list while claims go
 * on. Several batches may be in flight; one at a time is claimed of a connection, so that nothing is read twice. Safe for
 * many threads.
 */
public final class DeliveryPoller {

    /** How long a claim waits for another one of the same connection, before it leaves it to the next tick. */
    private static final Duration FOR_ANOTHER_CLAIM = Duration.ofSeconds(1);

    private final Supplier<Collection<Connection>> connections;
    private final Outbox outbox;
    private final OutboxQueries queries;
    private final FreshLists lists;
    private final CrmRefusals crm;
    private final QuotaGovernor quota;
    private final ConnectionBackoff backoff;
    private final Claimant claimant;
    private final BatchesInFlight inFlight;
    private final Map<String, ReentrantLock> claiming = new ConcurrentHashMap<>();
    private volatile boolean stopped;
    private volatile boolean paused;

    /**
     * @param connections those that are configured now
     * @param lists reads who left before people are subscribed
     * @param crm what CRM records say against people
     * @param claimant names this process
     */
    public DeliveryPoller(
            Supplier<Collection<Connection>> connections,
            Outbox outbox,
            OutboxQueries queries,
            FreshLists lists,
            CrmRefusals crm,
            QuotaGovernor quota,
            ConnectionBackoff backoff,
            InstantSource clock,
            Claimant claimant) {
        this.connections = connections;
        this.outbox = outbox;
        this.queries = queries;
        this.lists = lists;
        this.crm = crm;
        this.quota = quota;
        this.backoff = backoff;
        this.claimant = claimant;
        this.inFlight = new BatchesInFlight(claimant.batches(), clock, claimant.lease());
    }

    /** How many further batches may be claimed now, beside those in flight. */
    int free() {
        return stopped || paused ? 0 : inFlight.free();
    }

    /** Takes a place for one batch after another; empty if {@code delivery.batches} of them are taken. */
    Optional<Place> takePlace() {
        return inFlight.take();
    }

    /** Frees the place; its last batch is settled. */
    void leavePlace(Place place) {
        inFlight.leave(place);
    }

    /** Whether anything may be claimed now: claiming has neither ended nor paused. */
    public boolean mayClaim() {
        return !stopped && !paused;
    }

    /** Ends claiming. */
    public void stop() {
        stopped = true;
    }

    /** Whether anything may be claimed now: claiming is neither paused nor ended. */
    public boolean claims() {
        return !stopped && !paused;
    }

    /** Whether claiming has ended. */
    boolean isStopped() {
        return stopped;
    }

    /** Gives back what is claimed and has not left. Call it after {@link #stop}, when no delivery is in flight. */
    public void handBack() {
        outbox.handBack(claimant.owner());
    }

    /** Pauses claiming until {@link #goOn}; claimed deliveries are delivered. */
    public void pause() {
        paused = true;
    }

    /** Ends a pause; does not start again what was stopped. */
    public void goOn() {
        paused = false;
    }

    /** Claims the next batch of the place, whose batch before it is settled; empty if nothing is due, or the process stops. */
    List<Delivery> claim(Place place) {
        if (!inFlight.ended(place)) {
            return List.of();
        }
        List<Connection> open = connections.get().stream()
                .filter(connection -> backoff.current(connection.name()).isEmpty())
                .toList();
        List<Turn> busy = new ArrayList<>();
        for (Turn turn : inFlight.turns(open)) {
            Optional<List<Delivery>> claimed = claim(place, turn, Duration.ZERO);
            if (claimed.isEmpty()) {
                busy.add(turn);
            } else if (!claimed.get().isEmpty()) {
                return claimed.get();
            }
        }
        for (Turn turn : busy) {
            Optional<List<Delivery>> claimed = claim(place, turn, FOR_ANOTHER_CLAIM);
            if (claimed.isPresent() && !claimed.get().isEmpty()) {
                return claimed.get();
            }
        }
        return List.of();
    }

    /** Empty if another batch of the connection is being claimed for that long, which may read from Zoho. */
    private Optional<List<Delivery>> claim(Place place, Turn turn, Duration patience) {
        ReentrantLock claiming = this.claiming.computeIfAbsent(turn.connection().name(), name -> new ReentrantLock());
        try {
            if (!claiming.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                return Optional.empty();
            }
        } catch (InterruptedException ends) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
        try {
            List<Delivery> claimed = stopped || paused ? List.of() : claim(turn.connection(), turn.action());
            if (!claimed.isEmpty()) {
                inFlight.flies(place, turn);
            }
            return Optional.of(claimed);
        } finally {
            claiming.unlock();
        }
    }

    private List<Delivery> claim(Connection connection, Action action) {
        if (!queries.isDue(connection.name(), action)) {
            return List.of();
        }
        // People go on leaving a list and refusing mail while deliveries wait; what could not leave anyway costs no
        // call.
        Optional<Set<Long>> read = action == Action.SUBSCRIBE ? read(connection) : Optional.of(Set.of());
        if (read.isEmpty()) {
            return List.of();
        }
        int granted = quota.reserve(connection.name(), action.method(), claimant.batch());
        if (granted == 0) {
            return List.of();
        }
        List<Delivery> claimed = action == Action.SUBSCRIBE
                ? outbox.claimFor(connection.name(), read.get(), claimant.owner(), granted, claimant.lease())
                : outbox.claim(connection.name(), action, claimant.owner(), granted, claimant.lease());
        quota.giveBack(connection.name(), action.method(), granted - claimed.size());
        return claimed;
    }

    /** The lists that subscriptions may be claimed for; empty when nobody may be subscribed now. */
    private Optional<Set<Long>> read(Connection connection) {
        Set<Long> next = outbox.nextLists(connection.name(), claimant.batch());
        return quota.mayCall(connection.name(), Action.SUBSCRIBE.method()) && crm.readIfOld(connection)
                ? lists.readIfOld(connection, next)
                : Optional.empty();
    }
}
