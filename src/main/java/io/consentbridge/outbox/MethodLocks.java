package io.consentbridge.outbox;

import io.consentbridge.audience.HeldLists;
import io.consentbridge.audience.MailingLists;
import io.consentbridge.quota.QuotaGovernor;
import io.consentbridge.zoho.ZohoFault;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Methods of Campaigns that take no calls for a while: Zoho locked them, or the credential has no scope for them. */
final class MethodLocks {

    private static final Logger LOG = LoggerFactory.getLogger(MethodLocks.class);

    private final QuotaGovernor quota;
    private final ConnectionBackoff backoff;
    private final MailingLists lists;
    private final HeldLists heldLists;
    private final InstantSource clock;
    private final UnscopedMethods unscoped;
    private final Map<String, Instant> locked = new ConcurrentHashMap<>();

    MethodLocks(
            QuotaGovernor quota,
            ConnectionBackoff backoff,
            MailingLists lists,
            HeldLists heldLists,
            InstantSource clock) {
        this.quota = quota;
        this.backoff = backoff;
        this.lists = lists;
        this.heldLists = heldLists;
        this.clock = clock;
        this.unscoped = new UnscopedMethods(backoff::pause, clock);
    }

    /** Whether the delivery's own method takes no calls now. */
    boolean isLocked(Delivery delivery) {
        return locked.getOrDefault(lockOf(delivery), Instant.MIN).isAfter(clock.instant());
    }

    /** The delivery's own call was answered. */
    void answered(Delivery delivery) {
        unscoped.answered(lockOf(delivery));
    }

    /** A call of that method was answered. */
    void answered(String connection, String method) {
        unscoped.answered(connection + " " + method);
    }

    /**
     * A delivery that is refused by the method of the delivery's own call waits with all of that action; by one of the calls
     * that prepare it (finding its list, its topics), with all that is subscribed to that list; by the want of a token,
     * with everything.
     */
    void throttled(Delivery delivery, ZohoFault.Throttled throttled) {
        String connection = delivery.connection();
        String own = delivery.action().method();
        String message = throttled.getMessage();
        if (throttled.method().isEmpty()) {
            backoff.beginUntil(connection, throttled.until(), message);
        } else if (throttled.method().get().equals(own)) {
            Instant before = locked.put(lockOf(delivery), throttled.until());
            if (before == null || !before.isAfter(clock.instant())) {
                LOG.warn("{}: {}", connection, message);
            }
            quota.lock(connection, own, throttled.until(), message);
        } else {
            // The lock of that method was kept when its reply was read; the call that was reserved was not made.
            lists.postpone(delivery.listId(), throttled.until());
            giveBack(delivery);
        }
    }

    /**
     * The first refusal holds the method, and whatever else the credential may do goes on: who leaves still leaves. Where the
     * calls are refused that make or find the list, only the list is held; who leaves it waits for pauses of their own.
     */
    void outOfScope(Delivery delivery, String method, String message) {
        String own = delivery.action().method();
        if (!method.equals(own)) {
            giveBack(delivery);
            if (delivery.action() == Action.SUBSCRIBE) {
                heldLists.holdAndTry(delivery.listId(), message);
            } else {
                lists.postpone(delivery.listId(), unscoped.refused(delivery.connection() + " " + method, message));
            }
            return;
        }
        Instant until = unscoped.refused(lockOf(delivery), message);
        if (!until.equals(locked.put(lockOf(delivery), until))) {
            quota.lock(delivery.connection(), own, until, message);
        }
    }

    private void giveBack(Delivery delivery) {
        quota.giveBack(delivery.connection(), delivery.action().method(), 1);
    }

    private static String lockOf(Delivery delivery) {
        return delivery.connection() + " " + delivery.action().method();
    }
}
