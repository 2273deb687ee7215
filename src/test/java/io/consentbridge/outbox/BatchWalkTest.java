package io.consentbridge.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consentbridge.campaigns.ContactPermits;
import io.consentbridge.consent.ConsentBreach;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The batches that one iteration of the route asks for. */
class BatchWalkTest {

    private final InHand inHand = new InHand(new ContactPermits());
    private final Queue<List<Delivery>> due = new ArrayDeque<>();
    private final Exchange split = new DefaultExchange(new DefaultCamelContext());
    private int claims;
    private final BatchWalk walk = new BatchWalk(this::claim, inHand, () -> Instant.EPOCH, split.getMessage());

    private List<Delivery> claim() {
        claims++;
        return due.isEmpty() ? List.of() : due.remove();
    }

    private void due(long... ids) {
        for (long id : ids) {
            due.add(List.of(InHandTest.delivery(Instant.ofEpochSecond(id), "p" + id + "@example.com")));
        }
    }

    private void settle(Message batch) {
        inHand.settled(deliveries(batch).stream()
                .<Settlement>map(delivery -> new Settlement.Unsent(delivery, false))
                .toList());
    }

    @SuppressWarnings("unchecked")
    private static List<Delivery> deliveries(Message batch) {
        return batch.getBody(List.class);
    }

    @Test
    @DisplayName("A batch is claimed only when it is asked for, not while the one before it waits to be sent")
    void notAhead() {
        due(1, 2);
        assertThat(walk.hasNext()).isTrue();
        assertThat(claims).isZero();
        settle(walk.next());
        assertThat(walk.hasNext()).isTrue();
        assertThat(claims).isOne();
    }

    @Test
    @DisplayName("After the last batch there is null once, and then nothing more")
    void end() {
        due(1);
        settle(walk.next());
        assertThat(walk.next()).isNull();
        assertThat(walk.hasNext()).isFalse();
    }

    @Test
    @DisplayName("If a batch is not settled, no further one is claimed, however often Camel asks")
    void lost() {
        due(1, 2);
        walk.next();
        assertThatThrownBy(walk::next).isInstanceOf(ConsentBreach.class);
        assertThat(walk.hasNext()).isFalse();
        assertThat(claims).isOne();
    }

    @Test
    @DisplayName("After a step has failed, nothing is claimed while Camel cleans up")
    void failed() {
        due(1, 2);
        Message batch = walk.next();
        Exchange of = new DefaultExchange(split.getContext());
        of.setIn(batch);
        settle(batch);
        assertThat(walk.hasNext()).isTrue();

        of.setException(new IllegalStateException("a later step"));

        assertThat(walk.hasNext()).isFalse();
    }

    @Test
    @DisplayName("A batch has the headers of the message that is split")
    void headers() {
        split.getMessage().setHeader("own", "kept");
        due(1);
        Message batch = walk.next();
        assertThat(batch.getHeader("own")).isEqualTo("kept");
        assertThat(deliveries(batch)).hasSize(1);
    }
}
