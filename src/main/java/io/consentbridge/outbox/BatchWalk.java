package io.consentbridge.outbox;

import io.consentbridge.consent.ConsentBreach;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * The batches of one iteration of the delivery route. A batch is claimed when it is asked for, which is when the one before it
 * has ended. If that one is not settled, the walk ends, so that an edited route that loses deliveries loses one batch of the
 * walk, and is detected.
 *
 * <p>Whether there is another batch shows only when it is claimed: {@link #next} gives null after the last one, which Camel's
 * splitter skips. Camel asks for the next batch before the one at hand takes off, so a batch that was claimed by then would
 * wait for it.
 */
final class BatchWalk implements Iterator<Message> {

    private final Supplier<List<Delivery>> claims;
    private final InHand inHand;
    private final Supplier<Instant> clock;
    private final Message like;
    private Message last;
    private List<Delivery> given = List.of();
    private boolean ended;

    /**
     * @param claims the next batch; empty when there is none
     * @param like the message that is split, whose headers each batch gets
     */
    BatchWalk(Supplier<List<Delivery>> claims, InHand inHand, Supplier<Instant> clock, Message like) {
        this.claims = claims;
        this.inHand = inHand;
        this.clock = clock;
        this.like = like;
    }

    @Override
    public synchronized boolean hasNext() {
        return !ended && !lastFailed();
    }

    // Camel iterates on to clean up after a batch of which a step failed; what is claimed then is never sent.
    private boolean lastFailed() {
        Exchange exchange = last == null ? null : last.getExchange();
        return exchange != null
                && (exchange.isFailed()
                        || Boolean.TRUE.equals(exchange.getExchangeExtension().getErrorHandlerHandled()));
    }

    /**
     * Claims a batch, which is the body; null when there is none, which ends the walk.
     *
     * @throws ConsentBreach when one of the batch before it is not settled
     */
    @Override
    public synchronized Message next() {
        if (!unsettled().isEmpty()) {
            ended = true;
            throw lost();
        }
        given = ended ? List.of() : List.copyOf(claims.get());
        if (given.isEmpty()) {
            ended = true;
            return null;
        }
        inHand.take(given, clock.get());
        last = like.copy();
        last.setBody(given);
        return last;
    }

    static ConsentBreach lost() {
        return new ConsentBreach("deliveries do not reach deliveries.settle");
    }

    /** What was given and is not settled. */
    synchronized List<Delivery> unsettled() {
        return inHand.unsettled(given);
    }
}
