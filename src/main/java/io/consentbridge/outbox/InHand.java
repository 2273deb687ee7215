package io.consentbridge.outbox;

import io.consentbridge.campaigns.ContactCall;
import io.consentbridge.campaigns.ContactPermits;
import io.consentbridge.consent.ConsentBreach;
import io.consentbridge.zoho.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The deliveries that this process has claimed and not settled, each with the call that may be made for it. Routes carry
 * deliveries as bodies and variables, which an edit of a route can replace; what counts is what stands here.
 */
final class InHand {

    /** So long after its lease has ended a delivery that was never settled is forgotten. */
    private static final Duration FORGOTTEN = Duration.ofDays(1);

    /** How often it is looked whether one is to be forgotten. */
    private static final Duration LOOK = Duration.ofHours(1);

    /** One claim of one delivery; a process may have two of them, when the first has lost its lease and still flies. */
    private record Claim(long id, int version, Instant until) {

        static Claim of(Delivery delivery) {
            return new Claim(delivery.id(), delivery.version(), delivery.claimedUntil());
        }
    }

    private record Hand(Delivery delivery, Optional<ContactPermits.Permit> permit) {}

    private final ContactPermits permits;
    private final Map<Claim, Hand> claimed = new ConcurrentHashMap<>();
    private Instant lookedAt = Instant.MIN;

    InHand(ContactPermits permits) {
        this.permits = permits;
    }

    /** These were claimed. */
    void take(Collection<Delivery> batch, Instant now) {
        forgetLost(now);
        batch.forEach(delivery -> claimed.put(Claim.of(delivery), new Hand(delivery, Optional.empty())));
    }

    private synchronized void forgetLost(Instant now) {
        if (lookedAt.isAfter(now.minus(LOOK))) {
            return;
        }
        lookedAt = now;
        claimed.keySet().stream()
                .filter(claim -> claim.until().plus(FORGOTTEN).isBefore(now))
                .toList()
                .forEach(this::forget);
    }

    /** @throws ConsentBreach when that very claim of a delivery is not in hand */
    Delivery require(Delivery delivery) {
        return hand(delivery).delivery();
    }

    private Hand hand(Delivery delivery) {
        Hand hand = delivery == null ? null : claimed.get(Claim.of(delivery));
        if (hand == null || !hand.delivery().equals(delivery)) {
            throw new ConsentBreach("a delivery is to be made that was not claimed");
        }
        return hand;
    }

    /** Lets the call of a delivery leave until it is settled. */
    ContactCall permit(Connection connection, Delivery delivery, ContactCall call) {
        ContactPermits.Permit given = permits.give(connection, delivery.action().method(), call);
        Hand before = claimed.put(Claim.of(delivery), new Hand(delivery, Optional.of(given)));
        if (before != null) {
            before.permit().ifPresent(permits::withdraw);
        }
        return call;
    }

    /** Whether the call of a delivery in hand has left. */
    boolean left(Delivery delivery) {
        return hand(delivery).permit().filter(permits::left).isPresent();
    }

    /** @throws ConsentBreach when the call of the delivery has not left */
    void requireLeft(Delivery delivery) {
        if (!left(delivery)) {
            throw new ConsentBreach("a delivery counts as made though its call did not leave by zohoCalls");
        }
    }

    /** @throws ConsentBreach when one of them is not in hand, or is named twice */
    void settle(List<Settlement> batch) {
        Set<Claim> named = new HashSet<>();
        for (Settlement settlement : batch) {
            if (!named.add(Claim.of(require(settlement.delivery())))) {
                throw new ConsentBreach("a delivery is settled twice");
            }
        }
    }

    void settled(List<Settlement> batch) {
        batch.forEach(settlement -> forget(Claim.of(settlement.delivery())));
    }

    private void forget(Claim claim) {
        Hand hand = claimed.remove(claim);
        if (hand != null) {
            hand.permit().ifPresent(permits::withdraw);
        }
    }
}
