package io.consentbridge.outbox;

import io.consentbridge.campaigns.ContactAnswer;
import io.consentbridge.campaigns.ContactCall;
import io.consentbridge.campaigns.ContactPermits;
import io.consentbridge.campaigns.ContactReply;
import io.consentbridge.consent.ConsentBreach;
import io.consentbridge.zoho.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The deliveries that this process has claimed and not settled, each with the call that may be made for it and with what
 * became of it. Routes carry deliveries, replies and settlements as bodies and variables, which an edited route can replace;
 * only what is kept here counts.
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

        // Written out, because a delivery is looked up at each step, and the generated ones go through method handles.
        @Override
        public boolean equals(Object other) {
            return other instanceof Claim claim
                    && id == claim.id
                    && version == claim.version
                    && until.equals(claim.until);
        }

        @Override
        public int hashCode() {
            return Long.hashCode(id);
        }
    }

    /**
     * @param call the one that may be made; empty before it is prepared
     * @param leftBefore whether a call left that was prepared before that one
     * @param made what became of the delivery; empty while that is open
     */
    private record Hand(Delivery delivery, Optional<ContactCall> call, boolean leftBefore, Optional<Settlement> made) {}

    private final ContactPermits permits;
    private final Map<Claim, Hand> claimed = new ConcurrentHashMap<>();
    private Instant lookedAt = Instant.MIN;

    InHand(ContactPermits permits) {
        this.permits = permits;
    }

    /** These were claimed. */
    void take(Collection<Delivery> batch, Instant now) {
        forgetLost(now);
        batch.forEach(delivery ->
                claimed.put(Claim.of(delivery), new Hand(delivery, Optional.empty(), false, Optional.empty())));
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
        if (hand == null || hand.delivery() != delivery) {
            throw new ConsentBreach("it sends a delivery that this process has not claimed");
        }
        return hand;
    }

    /** Lets the call of a delivery leave until it is settled, and none that was prepared before it. */
    ContactCall permit(Connection connection, Delivery delivery, ContactCall call) {
        boolean left = withdraw(hand(delivery));
        claimed.put(Claim.of(delivery), new Hand(delivery, Optional.of(call), left, Optional.empty()));
        permits.give(connection, delivery.action().method(), call);
        return call;
    }

    /** Whether a call of a delivery in hand has left. */
    boolean left(Delivery delivery) {
        Hand hand = hand(delivery);
        return hand.leftBefore() || hand.call().filter(permits::left).isPresent();
    }

    /**
     * What Campaigns replied to the call of a delivery.
     *
     * @param answer what the route brings for it
     * @throws ConsentBreach when it answers another call, or the call of the delivery has not left
     */
    ContactReply reply(Delivery delivery, Object answer) {
        Hand hand = hand(delivery);
        if (hand.call().filter(permits::left).isEmpty()) {
            throw new ConsentBreach("a reply is read although the call did not leave by zohoCalls");
        }
        if (!(answer instanceof ContactAnswer told)
                || told.question() != hand.call().get()) {
            throw new ConsentBreach("something else than the reply to a delivery reaches deliveries.read");
        }
        return told.reply();
    }

    /** Keeps what became of a delivery, until it is settled. */
    Settlement made(Settlement settlement) {
        Hand hand = hand(settlement.delivery());
        claimed.put(
                Claim.of(hand.delivery()),
                new Hand(hand.delivery(), hand.call(), hand.leftBefore(), Optional.of(settlement)));
        return settlement;
    }

    /**
     * What is to be settled.
     *
     * @param gathered what the route brought together
     * @throws ConsentBreach when something of it is not what became of a delivery in hand, or came twice
     */
    List<Settlement> requireMade(Object gathered) {
        List<Settlement> all = new ArrayList<>();
        Set<Claim> named = new HashSet<>();
        for (Object each : gathered instanceof List<?> list ? list : List.of()) {
            if (each instanceof Settlement settlement) {
                Hand hand = hand(settlement.delivery());
                if (hand.made().filter(made -> made == settlement).isPresent()
                        && named.add(Claim.of(hand.delivery()))) {
                    all.add(settlement);
                    continue;
                }
            }
            throw new ConsentBreach("something else than what became of a delivery reaches deliveries.settle");
        }
        if (all.isEmpty()) {
            throw new ConsentBreach("nothing of what became of deliveries reaches deliveries.settle");
        }
        return all;
    }

    /** Those that are not settled. */
    List<Delivery> unsettled(Collection<Delivery> batch) {
        return batch.stream()
                .filter(delivery -> claimed.containsKey(Claim.of(delivery)))
                .toList();
    }

    /** What became of a delivery in hand; empty while that is open. */
    Optional<Settlement> madeOf(Delivery delivery) {
        return hand(delivery).made();
    }

    /**
     * The call of a delivery in hand may not leave any more.
     *
     * @return whether it has left
     */
    boolean stop(Delivery delivery) {
        Hand hand = hand(delivery);
        boolean left = withdraw(hand);
        claimed.put(Claim.of(delivery), new Hand(delivery, Optional.empty(), left, hand.made()));
        return left;
    }

    private boolean withdraw(Hand hand) {
        boolean left = hand.call().filter(permits::withdraw).isPresent();
        return left || hand.leftBefore();
    }

    void settled(List<Settlement> batch) {
        batch.forEach(settlement -> forget(Claim.of(settlement.delivery())));
    }

    private void forget(Claim claim) {
        Hand hand = claimed.remove(claim);
        if (hand != null) {
            withdraw(hand);
        }
    }
}
