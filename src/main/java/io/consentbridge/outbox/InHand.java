package io.consentbridge.outbox;

import io.consentbridge.campaigns.ContactCall;
import io.consentbridge.campaigns.ContactPermits;
import io.consentbridge.consent.ConsentBreach;
import io.consentbridge.zoho.Connection;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The deliveries that this process has claimed and not settled, each with the call that may be made for it. Routes carry
 * deliveries as bodies and variables, which an edit of a route can replace; what counts is what stands here.
 */
final class InHand {

    private final ContactPermits permits;
    private final Map<Long, Delivery> deliveries = new ConcurrentHashMap<>();
    private final Map<Long, ContactPermits.Permit> calls = new ConcurrentHashMap<>();

    InHand(ContactPermits permits) {
        this.permits = permits;
    }

    /** These were claimed; those whose lease is over without having been settled are forgotten. */
    void take(Collection<Delivery> claimed, Instant now) {
        deliveries.values().stream()
                .filter(delivery -> delivery.claimedUntil().isBefore(now))
                .toList()
                .forEach(this::forget);
        claimed.forEach(delivery -> deliveries.put(delivery.id(), delivery));
    }

    /** @throws ConsentBreach when that very delivery is not in hand */
    Delivery require(Delivery delivery) {
        if (delivery == null || deliveries.get(delivery.id()) != delivery) {
            throw new ConsentBreach("a delivery is to be made that was not claimed");
        }
        return delivery;
    }

    /** Lets the call of a delivery leave until it is settled. */
    ContactCall permit(Connection connection, Delivery delivery, ContactCall call) {
        calls.put(delivery.id(), permits.give(connection, delivery.action().method(), call));
        return call;
    }

    /** @throws ConsentBreach when the call of the delivery has not left */
    void requireLeft(Delivery delivery) {
        require(delivery);
        ContactPermits.Permit call = calls.get(delivery.id());
        if (call == null || !permits.left(call)) {
            throw new ConsentBreach("a delivery counts as made though its call did not leave by zohoCalls");
        }
    }

    /** @throws ConsentBreach when one of them is not in hand, or is named twice */
    void settle(List<Settlement> batch) {
        Set<Long> named = new HashSet<>();
        for (Settlement settlement : batch) {
            require(settlement.delivery());
            if (!named.add(settlement.delivery().id())) {
                throw new ConsentBreach("a delivery is settled twice");
            }
        }
    }

    void settled(List<Settlement> batch) {
        batch.forEach(settlement -> forget(settlement.delivery()));
    }

    private void forget(Delivery delivery) {
        deliveries.remove(delivery.id(), delivery);
        ContactPermits.Permit call = calls.remove(delivery.id());
        if (call != null) {
            permits.withdraw(call);
        }
    }
}
