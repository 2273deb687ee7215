package io.consentbridge.outbox;

import io.consentbridge.store.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Tests of the outbox on every engine: each has a fresh {@link OutboxFixture}. */
abstract class DeliveriesFixture {

    private final TestDatabase engine;
    OutboxFixture scene;

    DeliveriesFixture(TestDatabase engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() {
        scene = new OutboxFixture(engine);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    static List<Integer> numbers(List<Delivery> deliveries) {
        return deliveries.stream()
                .map(delivery -> Integer.parseInt(delivery.recordId().substring(1)))
                .toList();
    }

    void deliver(Draft draft) {
        scene.enqueue(draft);
        scene.outbox.settle(List.of(new Settlement.Delivered(scene.claimOne(), draft.onSuccess())));
    }
}
