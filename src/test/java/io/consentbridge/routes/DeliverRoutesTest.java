package io.consentbridge.routes;

import static org.apache.camel.builder.Builder.body;
import static org.apache.camel.builder.Builder.constant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.consentbridge.outbox.SettlementGatherer;
import io.consentbridge.zoho.ZohoFault;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ServiceStatus;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.component.timer.TimerEndpoint;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The routes of deliver.camel.yaml, with the error handlers of failures.camel.yaml. */
class DeliverRoutesTest extends RouteTest {

    private static final Exception OUTAGE = new ZohoFault.Transient("Campaigns answers with HTTP status 502", null);
    private static final Exception REFUSAL = new ZohoFault.Rejected("2007", "Campaigns refuses the contact");

    private final Deliveries deliveries = new Deliveries();

    DeliverRoutesTest() {
        super("routes/deliver.camel.yaml", FAILURES);
    }

    @Override
    protected void bindToRegistry(Registry beans) {
        beans.bind("deliveries", deliveries);
        beans.bind("disturbances", (Processor) exchange -> note("disturbances"));
        beans.bind("gatherSettlements", new SettlementGatherer());
        beans.bind("deliveryThreads", context.getExecutorServiceManager().newFixedThreadPool(this, "delivery", 2));
        beans.bind("batchThreads", context.getExecutorServiceManager().newCachedThreadPool(this, "batch"));
    }

    /** Starts the routes, each by itself but for the steps that are named. */
    private void start(String... whole) throws Exception {
        mockSteps(whole);
        context.start();
    }

    @Test
    @DisplayName(
            "Each tick makes the due deliveries; a failing tick is reported; the timer waits until the runtime starts it")
    void ticks() throws Exception {
        mockSteps();
        AdviceWith.adviceWith(context, "tick-deliveries", false, route -> route.replaceFromWith("direct:tick"));
        context.start();
        assertThat(context.getRouteController().getRouteStatus("tick-deliveries"))
                .isEqualTo(ServiceStatus.Stopped);
        context.getRouteController().startRoute("tick-deliveries");

        template.sendBody("direct:tick", null);
        fail("direct:deliver-due", new IllegalStateException("no database"));
        template.sendBody("direct:tick", null);

        assertThat(steps()).containsExactly("direct:deliver-due", "direct:deliver-due", "runFlow.tickFailed");
    }

    @Test
    @DisplayName("The timer ticks at once, and then as often as delivery.every says")
    void timer() throws Exception {
        start();
        TimerEndpoint timer =
                (TimerEndpoint) context.getRoute("tick-deliveries").getEndpoint();
        assertThat(timer.getDelay()).isZero();
        assertThat(timer.getPeriod()).isEqualTo(1_000);
    }

    @Test
    @DisplayName("Deliveries are made, settled and reported batch by batch; then the rest of the runs is closed")
    void batches() throws Exception {
        start();
        template.sendBody("direct:deliver-due", null);
        assertThat(steps())
                .containsExactly(
                        "read [Ann, Bob]",
                        "direct:deliver-contact",
                        "direct:deliver-contact",
                        "deliveries.settle",
                        "runFlow.close",
                        "direct:delivery-events",
                        "read [Eve]",
                        "direct:deliver-contact",
                        "deliveries.settle",
                        "runFlow.close",
                        "direct:delivery-events",
                        "runFlow.closeRest");
    }

    @Test
    @DisplayName("The results of the deliveries of a batch are settled together, and their events are published")
    void settled() throws Exception {
        start();
        getMockEndpoint("mock:direct:deliver-contact").returnReplyBody(body().append(" delivered"));
        getMockEndpoint("mock:deliveries.settle").returnReplyBody(constant("events"));
        MockEndpoint events = getMockEndpoint("mock:direct:delivery-events");
        events.expectedBodiesReceived("events", "events");

        template.sendBody("direct:deliver-due", null);

        events.assertIsSatisfied();
        assertThat(bodies("deliveries.settle"))
                .hasSize(2)
                .first(STRING)
                .contains("Ann delivered", "Bob delivered")
                .doesNotContain("Eve");
    }

    @Test
    @DisplayName("A parked delivery is settled with its batch, and does not end it")
    void parkedInBatch() throws Exception {
        start("deliver-one");
        fail("deliveries.prepare", REFUSAL);
        getMockEndpoint("mock:direct:park-delivery").returnReplyBody(constant("parked"));

        template.sendBody("direct:deliver-due", null);

        assertThat(bodies("deliveries.settle")).containsExactly("[parked, parked]", "[parked]");
        assertThat(steps()).endsWith("runFlow.closeRest");
    }

    @Test
    @DisplayName("A batch that cannot be settled is reported, and no further one is claimed")
    void notSettled() throws Exception {
        start();
        fail("deliveries.settle", new IllegalStateException("no database"));

        Exchange ended = template.send("direct:deliver-due", exchange -> {});

        assertThat(ended.getException()).as("it is handled").isNull();
        assertThat(steps())
                .filteredOn(step -> !step.startsWith("read "))
                .containsExactly(
                        "direct:deliver-contact",
                        "direct:deliver-contact",
                        "deliveries.settle",
                        "deliveries.interrupted",
                        "runFlow.closeRest");
    }

    @Test
    @DisplayName("The deliveries of a batch run at the same time, on the threads for deliveries")
    void atOnce() throws Exception {
        CyclicBarrier both = new CyclicBarrier(2);
        mockSteps("deliver-one");
        AdviceWith.adviceWith(
                context,
                "deliver-due",
                false,
                route -> route.weaveById("deliver-one").replace().process(delivery -> {
                    if (!"Eve".equals(delivery.getMessage().getBody())) {
                        both.await(10, TimeUnit.SECONDS);
                    }
                    delivery.getMessage().setBody(Thread.currentThread().getName());
                }));
        context.start();

        template.sendBody("direct:deliver-due", null);

        assertThat(bodies("deliveries.settle")).hasSize(2).allMatch(threads -> threads.contains("delivery"));
    }

    @Test
    @DisplayName("Two batches are in flight at once; the rest of the runs is closed once, after both are settled")
    void batchesAtOnce() throws Exception {
        deliveries.free = List.of(1, 2);
        CyclicBarrier both = new CyclicBarrier(2);
        mockSteps("deliver-one");
        AdviceWith.adviceWith(
                context,
                "deliver-due",
                false,
                route -> route.weaveById("deliver-one").replace().process(delivery -> {
                    if (!"Bob".equals(delivery.getMessage().getBody())) {
                        both.await(10, TimeUnit.SECONDS);
                    }
                }));
        context.start();

        template.sendBody("direct:deliver-due", null);

        assertThat(steps())
                .filteredOn(step -> !step.startsWith("read "))
                .hasSize(7)
                .endsWith("runFlow.closeRest")
                .containsOnlyOnce("runFlow.closeRest");
        assertThat(bodies("deliveries.settle")).containsExactlyInAnyOrder("[Ann, Bob]", "[Eve]");
    }

    @Test
    @DisplayName("A batch that cannot be settled does not disturb the other one in flight")
    void notSettledBesideAnother() throws Exception {
        deliveries.free = List.of(1, 2);
        start();
        getMockEndpoint("mock:deliveries.settle").whenAnyExchangeReceived(settled -> {
            if (settled.getMessage().getBody(List.class).contains("Ann")) {
                throw new IllegalStateException("no database");
            }
        });

        Exchange ended = template.send("direct:deliver-due", exchange -> {});

        assertThat(ended.getException()).as("it is handled").isNull();
        assertThat(steps()).endsWith("runFlow.closeRest").containsOnlyOnce("deliveries.interrupted", "runFlow.close");
    }

    @Test
    @DisplayName("A tick that finds every place taken claims nothing")
    void noneFree() throws Exception {
        deliveries.free = List.of();
        start();
        template.sendBody("direct:deliver-due", null);
        assertThat(steps()).containsExactly("runFlow.closeRest");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "subscribe, direct:subscribe-contact",
        "unsubscribe, direct:unsubscribe-contact",
        "do-not-mail, direct:do-not-mail-contact"
    })
    @DisplayName("A delivery takes the route of its action, and the reply is read")
    void byAction(String action, String call) throws Exception {
        start();
        getMockEndpoint("mock:deliveries.prepare")
                .whenAnyExchangeReceived(exchange -> exchange.setVariable("action", action));
        getMockEndpoint("mock:" + call).returnReplyBody(constant("reply"));
        getMockEndpoint("mock:deliveries.read").expectedBodiesReceived("reply");

        template.sendBody("direct:deliver-contact", "Ann");

        assertThat(steps()).containsExactly("deliveries.prepare", call, "deliveries.read");
        MockEndpoint.assertIsSatisfied(context);
    }

    @Test
    @DisplayName("A call that an outage disturbed is repeated, and only the call")
    void triedAgain() throws Exception {
        start();
        MockEndpoint call = getMockEndpoint("mock:direct:do-not-mail-contact");
        call.whenExchangeReceived(1, exchange -> {
            throw OUTAGE;
        });

        template.sendBody("direct:deliver-contact", "Ann");

        assertThat(steps())
                .containsExactly(
                        "deliveries.prepare",
                        "direct:do-not-mail-contact",
                        "disturbances",
                        "direct:do-not-mail-contact",
                        "deliveries.read");
    }

    @Test
    @DisplayName(
            "A call that stays disturbed is parked after the last attempt, and the caller gets the answer of parking")
    void stillDisturbed() throws Exception {
        start();
        fail("direct:do-not-mail-contact", OUTAGE);
        getMockEndpoint("mock:direct:park-delivery").returnReplyBody(constant("parked"));

        assertThat(template.requestBody("direct:deliver-contact", "Ann")).isEqualTo("parked");

        assertThat(steps())
                .containsExactly(
                        "deliveries.prepare",
                        "direct:do-not-mail-contact",
                        "disturbances",
                        "direct:do-not-mail-contact",
                        "disturbances",
                        "direct:do-not-mail-contact",
                        "disturbances",
                        "direct:park-delivery");
    }

    @Test
    @DisplayName("A call that Campaigns refuses is parked at once")
    void refused() throws Exception {
        start();
        fail("direct:do-not-mail-contact", REFUSAL);
        template.sendBody("direct:deliver-contact", "Ann");
        assertThat(steps()).containsExactly("deliveries.prepare", "direct:do-not-mail-contact", "direct:park-delivery");
    }

    @Test
    @DisplayName("A tap gets the events of a batch unchanged; the caller handles a failing tap")
    void events() throws Exception {
        mockSteps();
        AdviceWith.adviceWith(
                context, "delivery-events", false, route -> route.weaveAddLast().to("mock:tap"));
        context.start();
        template.sendBody("direct:delivery-events", List.of("event"));
        assertThat(bodies("tap")).containsExactly("[event]");

        fail("tap", new IllegalStateException("no network"));
        sendAsCaller("delivery-events", List.of("event"));
        assertThat(steps()).containsExactly("tap", /* and of the caller */ "tap", "tap", "failed");
    }

    /** Stands in for the bean deliveries, of which the routes ask for two batches. */
    public final class Deliveries {

        private final AtomicInteger walks = new AtomicInteger();
        private List<Integer> free = List.of(1);

        public List<Integer> free() {
            return free;
        }

        /** Both batches for one walk; of two walks each gets one. */
        public Iterator<List<String>> claim() {
            List<List<String>> all = List.of(List.of("Ann", "Bob"), List.of("Eve"));
            return reading(free.size() == 1 ? all : List.of(all.get(walks.getAndIncrement())));
        }
    }
}
