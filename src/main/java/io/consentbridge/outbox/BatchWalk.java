package io.consentbridge.outbox;

import io.consentbridge.consent.ConsentBreach;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Supplier;

/**
 * The batches of one iteration of the delivery route. A batch is given only after the one before it has been settled, so
 * that an edited route that loses deliveries loses at most one batch, and is detected.
 */
final class BatchWalk implements Iterator<List<Delivery>> {

    private final Iterator<List<Delivery>> batches;
    private final InHand inHand;
    private final Supplier<Instant> clock;
    private List<Delivery> ahead = List.of();
    private List<Delivery> given = List.of();

    BatchWalk(Iterator<List<Delivery>> batches, InHand inHand, Supplier<Instant> clock) {
        this.batches = batches;
        this.inHand = inHand;
        this.clock = clock;
    }

    /** Claims the batch that comes next; Camel asks while the one before it is under way. */
    @Override
    public synchronized boolean hasNext() {
        if (ahead.isEmpty() && batches.hasNext()) {
            ahead = batches.next();
        }
        return !ahead.isEmpty();
    }

    /** @throws ConsentBreach when one of the batch before it is not settled */
    @Override
    public synchronized List<Delivery> next() {
        if (!unsettled().isEmpty()) {
            throw lost();
        }
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        given = List.copyOf(ahead);
        inHand.take(given, clock.get());
        ahead = List.of();
        return given;
    }

    static ConsentBreach lost() {
        return new ConsentBreach("deliveries do not reach deliveries.settle");
    }

    /** What was given and is not settled. */
    synchronized List<Delivery> unsettled() {
        return inHand.unsettled(given);
    }

    /** Takes what was claimed and not given. */
    synchronized List<Delivery> takeAhead() {
        List<Delivery> rest = ahead;
        ahead = List.of();
        return rest;
    }
}
