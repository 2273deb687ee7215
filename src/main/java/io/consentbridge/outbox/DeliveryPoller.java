package io.consentbridge.outbox;

import io.consentbridge.audience.HeldLists;
import io.consentbridge.audience.ListWatch;
import io.consentbridge.audience.MailingList;
import io.consentbridge.audience.MailingLists;
import io.consentbridge.audience.MembershipRefresh;
import io.consentbridge.quota.QuotaGovernor;
import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.ZohoFault;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Claims what is due within the quotas, people who leave first, and keeps who left a list known while claims go on. */
public final class DeliveryPoller {

    private final Supplier<Collection<Connection>> connections;
    private final Outbox outbox;
    private final MailingLists lists;
    private final ListWatch watch;
    private final ListReader reader;
    private final HeldLists heldLists;
    private final CrmRefusals crm;
    private final QuotaGovernor quota;
    private final ConnectionBackoff backoff;
    private final InstantSource clock;
    private final String owner;
    private final int batch;
    private final Duration lease;
    private final Duration recheck;
    private volatile boolean stopped;
    private volatile boolean paused;

    /**
     * @param connections those that are configured now
     * @param owner names this process
     * @param batch how many deliveries a claim takes at most
     * @param crm what CRM records say against people
     * @param lease how long they are this process' own
     * @param recheck how old what is known of people who left may be when somebody is subscribed
     */
    public DeliveryPoller(
            Supplier<Collection<Connection>> connections,
            Outbox outbox,
            MailingLists lists,
            MembershipRefresh whoLeft,
            ListWatch watch,
            HeldLists heldLists,
            DeletedLists gone,
            CrmRefusals crm,
            QuotaGovernor quota,
            ConnectionBackoff backoff,
            InstantSource clock,
            String owner,
            int batch,
            Duration lease,
            Duration recheck) {
        this.connections = connections;
        this.outbox = outbox;
        this.lists = lists;
        this.watch = watch;
        this.reader = new ListReader(whoLeft, watch, gone);
        this.heldLists = heldLists;
        this.crm = crm;
        this.quota = quota;
        this.backoff = backoff;
        this.clock = clock;
        this.owner = owner;
        this.batch = batch;
        this.lease = lease;
        this.recheck = recheck;
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

    /** No more claims. */
    public void stop() {
        stopped = true;
    }

    /** Whether there are no more claims. */
    boolean isStopped() {
        return stopped;
    }

    /** Gives back what is claimed and has not left. Call it after {@link #stop}, when no delivery flies any more. */
    public void handBack() {
        outbox.handBack(owner);
    }

    /** No more claims before {@link #goOn}; what is claimed is delivered. */
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
        Optional<Instant> due = outbox.nextDue(connection.name(), action);
        if (due.isEmpty() || due.get().isAfter(clock.instant())) {
            return List.of();
        }
        // People go on leaving a list and refusing mail while deliveries wait; what could not leave anyway costs no
        // call.
        Set<Long> lists = action == Action.SUBSCRIBE ? outbox.nextLists(connection.name(), batch) : Set.of();
        if (action == Action.SUBSCRIBE
                && !(quota.mayCall(connection.name(), action.method())
                        && crm.known(connection)
                        && knowsWhoLeft(connection, lists))) {
            return List.of();
        }
        int granted = quota.reserve(connection.name(), action.method(), batch);
        if (granted == 0) {
            return List.of();
        }
        List<Delivery> claimed = action == Action.SUBSCRIBE
                ? outbox.claimFor(connection.name(), lists, owner, granted, lease)
                : outbox.claim(connection.name(), action, owner, granted, lease);
        quota.giveBack(connection.name(), action.method(), granted - claimed.size());
        return claimed;
    }

    /** @param next the lists that are claimed for; the others wait for a claim of theirs, and cost no call until then */
    private boolean knowsWhoLeft(Connection connection, Set<Long> next) {
        try {
            List<MailingList> there = lists.of(connection.name()).stream()
                    .filter(list -> list.key().isPresent())
                    .toList();
            watch.refresh(connection, there, recheck);
            there.stream().filter(list -> next.contains(list.id())).forEach(list -> readWhoLeft(connection, list));
            return true;
        } catch (ZohoFault.Stopped ends) {
            return false;
        } catch (ZohoFault fault) {
            backoff.begin(connection.name(), "it cannot be read who left: " + fault.getMessage());
            return false;
        }
    }

    // One list that was deleted in Campaigns, or cannot be read, must not keep the others waiting, nor people who
    // leave.
    private void readWhoLeft(Connection connection, MailingList list) {
        reader.refresh(connection, list, recheck)
                .filter(unread -> !unread.gone())
                .ifPresent(
                        unread -> heldLists.holdAndTry(list.id(), "it cannot be read who left: " + unread.because()));
    }
}
