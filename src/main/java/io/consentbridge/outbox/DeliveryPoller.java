package io.consentbridge.outbox;

import io.consentbridge.quota.QuotaGovernor;
import io.consentbridge.zoho.Connection;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Claims due deliveries within the quotas, of each connection removals first, and refreshes who left a list while claims go on. */
public final class DeliveryPoller {

    private final Supplier<Collection<Connection>> connections;
    private final Outbox outbox;
    private final OutboxQueries queries;
    private final FreshLists lists;
    private final CrmRefusals crm;
    private final QuotaGovernor quota;
    private final ConnectionBackoff backoff;
    private final InstantSource clock;
    private final Claimant claimant;
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
        this.clock = clock;
        this.claimant = claimant;
    }

    /** Batches until nothing is due, or the process stops. No batch is empty. */
    Iterator<List<Delivery>> batches() {
        return new Iterator<>() {
            private List<Delivery> next;

            @Override
            public boolean hasNext() {
                if (next == null) {
                    next = claim();
                }
                return !next.isEmpty();
            }

            @Override
            public List<Delivery> next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                List<Delivery> claimed = next;
                next = null;
                return claimed;
            }
        };
    }

    /** Ends claiming. */
    public void stop() {
        stopped = true;
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

    private List<Delivery> claim() {
        if (stopped || paused) {
            return List.of();
        }
        for (Connection connection : connections.get()) {
            if (backoff.current(connection.name()).isPresent()) {
                continue;
            }
            for (Action action : Action.values()) {
                List<Delivery> claimed = claim(connection, action);
                if (!claimed.isEmpty()) {
                    return claimed;
                }
            }
        }
        return List.of();
    }

    private List<Delivery> claim(Connection connection, Action action) {
        Optional<Instant> due = queries.nextDue(connection.name(), action);
        if (due.isEmpty() || due.get().isAfter(clock.instant())) {
            return List.of();
        }
        // People go on leaving a list and refusing mail while deliveries wait; what could not leave anyway costs no
        // call.
        Set<Long> next = action == Action.SUBSCRIBE ? outbox.nextLists(connection.name(), claimant.batch()) : Set.of();
        if (action == Action.SUBSCRIBE
                && !(quota.mayCall(connection.name(), action.method())
                        && crm.readIfOld(connection)
                        && lists.readIfOld(connection, next))) {
            return List.of();
        }
        int granted = quota.reserve(connection.name(), action.method(), claimant.batch());
        if (granted == 0) {
            return List.of();
        }
        List<Delivery> claimed = action == Action.SUBSCRIBE
                ? outbox.claimFor(connection.name(), next, claimant.owner(), granted, claimant.lease())
                : outbox.claim(connection.name(), action, claimant.owner(), granted, claimant.lease());
        quota.giveBack(connection.name(), action.method(), granted - claimed.size());
        return claimed;
    }
}
