package io.consentbridge.outbox;

import io.consentbridge.campaigns.ContactReply;
import io.consentbridge.zoho.ZohoFault;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a delivery's own failure, which is parked, from everybody's, which is waited out: while nothing at all succeeds
 * on a connection, Zoho is taken to be out of reach and the connection is held, with growing pauses.
 */
public final class Misfortunes {

    /** The exchange variable that holds when a delivery's first try began. */
    static final String STARTED = "started";

    private static final String DISTURBED = "disturbed";

    private static final Logger LOG = LoggerFactory.getLogger(Misfortunes.class);
    // A delivery that failed so often while nothing else was there to compare it with is parked all the same.
    private static final int MOST_ROUNDS = 3;

    private final QuotaGovernor quota;
    private final Holds holds;
    private final MailingLists lists;
    private final GoneLists gone;
    private final InstantSource clock;
    private final Map<String, Instant> lastSuccess = new ConcurrentHashMap<>();
    private final Map<String, Boolean> held = new ConcurrentHashMap<>();

    public Misfortunes(QuotaGovernor quota, Holds holds, MailingLists lists, GoneLists gone, InstantSource clock) {
        this.quota = quota;
        this.holds = holds;
        this.lists = lists;
        this.gone = gone;
        this.clock = clock;
    }

    Instant now() {
        return clock.instant();
    }

    void succeeded(String connection) {
        lastSuccess.put(connection, clock.instant());
        if (held.remove(connection) != null) {
            holds.succeeded(connection);
        }
    }

    Settlement unrecognised(Exchange exchange, Delivery delivery, ContactReply.Unrecognised reply) {
        return ownOrEverybodys(
                exchange,
                delivery,
                reply.code(),
                "Campaigns answered with the unknown code " + reply.code() + ": " + reply.message());
    }

    Settlement settle(Exchange exchange, Delivery delivery, Throwable cause) {
        String message = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        if (cause instanceof ZohoFault.Stopped) {
            quota.giveBack(delivery.connection(), delivery.action().method(), 1);
            return new Settlement.Unsent(delivery, wasDisturbed(exchange));
        }
        if (cause instanceof ZohoFault.Throttled throttled) {
            LOG.warn("{}: {}", delivery.connection(), message);
            return throttled(exchange, delivery, throttled);
        }
        if (cause instanceof ZohoFault.Credential) {
            hold(delivery.connection(), message);
            return new Settlement.Released(delivery, message, wasDisturbed(exchange));
        }
        if (cause instanceof UnreadList) {
            quota.giveBack(delivery.connection(), delivery.action().method(), 1);
            return new Settlement.Released(delivery, message, wasDisturbed(exchange));
        }
        if (cause instanceof ZohoFault.Transient) {
            return ownOrEverybodys(exchange, delivery, null, message);
        }
        if (cause instanceof ZohoFault.Rejected rejected) {
            gone.heard(delivery, rejected);
            return new Settlement.Parked(delivery, rejected.code(), message, wasDisturbed(exchange));
        }
        // What nobody expected may quote a person in its message, so only its kind and its place are logged.
        LOG.error(
                "{}: {} failed unexpectedly: {} at {}",
                delivery.connection(),
                delivery,
                cause.getClass().getName(),
                Arrays.stream(cause.getStackTrace()).findFirst().orElse(null));
        return new Settlement.Parked(delivery, null, message, true);
    }

    /**
     * Whoever is refused by the method of the delivery's own call waits with all of that action; by one of the calls
     * that prepare it (finding its list, its topics), with all that is subscribed to that list; by the want of a token,
     * with everything.
     */
    private Settlement throttled(Exchange exchange, Delivery delivery, ZohoFault.Throttled throttled) {
        String connection = delivery.connection();
        String own = delivery.action().method();
        String message = throttled.getMessage();
        if (throttled.method().isEmpty()) {
            held.put(connection, true);
            holds.holdUntil(connection, throttled.until(), message);
        } else if (throttled.method().get().equals(own)) {
            quota.lock(connection, own, throttled.until(), message);
        } else {
            // The lock of that method was kept when its reply was read; the call that was reserved was not made.
            lists.postpone(delivery.listId(), throttled.until());
            quota.giveBack(connection, own, 1);
        }
        return new Settlement.Released(delivery, message, wasDisturbed(exchange));
    }

    private Settlement ownOrEverybodys(Exchange exchange, Delivery delivery, String code, String message) {
        Instant started = exchange.getVariable(STARTED, Instant.class);
        Instant success = lastSuccess.get(delivery.connection());
        boolean othersSucceed = success != null && started != null && !success.isBefore(started);
        if (othersSucceed || delivery.rounds() + 1 >= MOST_ROUNDS) {
            return new Settlement.Parked(delivery, code, message, true);
        }
        hold(delivery.connection(), message);
        return new Settlement.Released(delivery, message, true);
    }

    /** A try of the delivery was disturbed: it may have reached Campaigns, whatever a later one is answered. */
    public static void disturbed(Exchange exchange) {
        exchange.setVariable(DISTURBED, true);
    }

    static boolean wasDisturbed(Exchange exchange) {
        return Boolean.TRUE.equals(exchange.getVariable(DISTURBED));
    }

    private void hold(String connection, String message) {
        held.put(connection, true);
        Holds.Hold hold = holds.hold(connection, message);
        LOG.warn("{}: nothing is delivered before {}: {}", connection, hold.until(), message);
    }
}
