package io.consentbridge.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.config.Problem;
import io.consentbridge.lifecycle.RunFlow;
import io.consentbridge.outbox.Claimant;
import io.consentbridge.outbox.DeliveryPoller;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A change of routes. */
class RouteQuiescenceTest {

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final CountDownLatch arrived = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final AtomicInteger changed = new AtomicInteger();
    private final AtomicInteger resumed = new AtomicInteger();
    private final RunFlow runs = new RunFlow(null, null, null, null, null, null, null, null, null);

    @BeforeEach
    void start() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:work").routeId("long-work").process(exchange -> hold());
                from("direct:ask").routeId("api-reload").process(exchange -> hold());
            }
        });
        context.start();
    }

    @AfterEach
    void stop() {
        released.countDown();
        context.stop();
    }

    @Test
    @DisplayName("is not made while some work does not end in time, and the answer names it")
    void tooBusy() throws Exception {
        enter("direct:work");

        var problems = standstill(Duration.ZERO).during(this::change);

        assertThat(problems)
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).contains("long-work", "nothing was reloaded"));
        assertThat(changed).hasValue(0);
        assertThat(runs.isStopping()).isFalse();
        assertThat(resumed).hasValue(1);
    }

    @Test
    @DisplayName("waits for running work")
    void waits() throws Exception {
        Future<Exchange> work = enter("direct:work");
        RouteQuiescence standstill = new RouteQuiescence(context, runs, claims(), Duration.ofMinutes(1), () -> {});
        released.countDown();

        assertThat(standstill.during(this::change)).isEmpty();

        assertThat(changed).hasValue(1);
        assertThat(work).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    @DisplayName("is made even if the API is at work, since the API requests it")
    void asksItself() throws Exception {
        enter("direct:ask");

        assertThat(standstill(Duration.ZERO).during(this::change)).isEmpty();
        assertThat(changed).hasValue(1);
    }

    private RouteQuiescence standstill(Duration patience) {
        return new RouteQuiescence(context, runs, claims(), patience, resumed::incrementAndGet);
    }

    private List<Problem> change() {
        assertThat(runs.isStopping()).isTrue();
        assertThat(context.getInflightRepository().size("long-work")).isZero();
        changed.incrementAndGet();
        return List.of();
    }

    private Future<Exchange> enter(String seam) throws InterruptedException {
        Future<Exchange> work = context.createProducerTemplate().asyncSend(seam, exchange -> {});
        arrived.await();
        return work;
    }

    private void hold() throws InterruptedException {
        arrived.countDown();
        released.await();
    }

    private static DeliveryPoller claims() {
        return new DeliveryPoller(
                null, null, null, null, null, null, null, null, new Claimant("test", 1, 1, Duration.ZERO));
    }
}
