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

    private final ContactPermits permits;
    private final Map<Delivery, Optional<ContactPermits.Permit>> claimed = new ConcurrentHashMap<>();

    InHand(ContactPermits permits) {
        this.permits = permits;
    }

    /** These were claimed. */
    void take(Collection<Delivery> batch, Instant now) {
        claimed.keySet().stream()
                .filter(delivery -> delivery.claimedUntil().plus(FORGOTTEN).isBefore(now))
                .toList()
                .forEach(this::forget);
        batch.forEach(delivery -> claimed.put(delivery, Optional.empty()));
    }

    /** @throws ConsentBreach when that very claim of a delivery is not in hand */
    Delivery require(Delivery delivery) {
        if (delivery == null || !claimed.containsKey(delivery)) {
            throw new ConsentBreach("a delivery is to be made that was not claimed");
        }
        return delivery;
    }

    /** Lets the call of a delivery leave until it is settled. */
    ContactCall permit(Connection connection, Delivery delivery, ContactCall call) {
        Optional<ContactPermits.Permit> given =
                Optional.of(permits.give(connection, delivery.action().method(), call));
        claimed.put(delivery, given).ifPresent(permits::withdraw);
        return call;
    }

    /** @throws ConsentBreach when the call of the delivery has not left */
    void requireLeft(Delivery delivery) {
        require(delivery);
        if (claimed.get(delivery).filter(permits::left).isEmpty()) {
            throw new ConsentBreach("a delivery counts as made though its call did not leave by zohoCalls");
        }
    }

    /** @throws ConsentBreach when one of them is not in hand, or is named twice */
    void settle(List<Settlement> batch) {
        Set<Delivery> named = new HashSet<>();
        for (Settlement settlement : batch) {
            if (!named.add(require(settlement.delivery()))) {
                throw new ConsentBreach("a delivery is settled twice");
            }
        }
    }

    void settled(List<Settlement> batch) {
        batch.forEach(settlement -> forget(settlement.delivery()));
    }

    private void forget(Delivery delivery) {
        Optional<ContactPermits.Permit> call = claimed.remove(delivery);
        if (call != null) {
            call.ifPresent(permits::withdraw);
        }
    }
}
