package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.consentbridge.api.RunView;
import io.consentbridge.endtoend.EditedRoutesIT.Edit;
import io.consentbridge.outbox.Waiting;
import io.consentbridge.sandbox.Sandbox;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several batches of deliveries in flight in one process. */
class BatchesInFlightIT {

    private static final int PEOPLE = 60;
    private static final int BATCH = 5;

    private static Bridge open(int batches) {
        Bridge bridge = Bridge.open(
                10,
                files -> files.letters("slow", "Memberships")
                        .set("DELIVERY_BATCH", String.valueOf(BATCH))
                        .set("DELIVERY_BATCHES", String.valueOf(batches)));
        bridge.zoho().crowd(PEOPLE, "slow");
        return bridge;
    }

    private static void delay(Bridge bridge, int millis, int times) {
        bridge.zoho()
                .fault(Map.of("method", "json/listsubscribe", "kind", "delay", "delayMillis", millis, "times", times));
    }

    private static long flying(Bridge bridge) {
        return bridge.runtime().components().outbox().queries().waiting("main").stream()
                .mapToLong(Waiting::flying)
                .sum();
    }

    private static void assertAllCalledOnce(Bridge bridge, RunView run) {
        assertThat(run.state()).as(run.message()).isEqualTo("completed");
        assertThat(run.added()).isEqualTo(run.total() - run.ignoredTotal()).isGreaterThanOrEqualTo(PEOPLE);
        assertThat(bridge.zoho().calls("json/listsubscribe")).isEqualTo(run.added());
        assertThat(bridge.zoho().statuses("slow")).hasSize((int) run.added());
    }

    @ParameterizedTest(name = "{0} batches")
    @ValueSource(ints = {1, 3})
    @DisplayName("As many batches are in flight as delivery.batches says, and never more, however often it is looked")
    void asManyAsSet(int batches) {
        try (Bridge bridge = open(batches)) {
            delay(bridge, 300, 0);
            bridge.zoho().forgetCalls();
            String id = bridge.begin("slow");
            long[] most = {0};
            await().atMost(Duration.ofMinutes(1))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> {
                        most[0] = Math.max(most[0], flying(bridge));
                        return bridge.operations().run(id).over();
                    });

            assertThat(most[0]).isEqualTo((long) batches * BATCH);
            assertAllCalledOnce(bridge, bridge.end(id));
        }
    }

    @Test
    @DisplayName("The next batches are claimed, sent and settled while one call of a batch is slow")
    void notHeldUp() {
        try (Bridge bridge = open(2)) {
            delay(bridge, 20_000, 1);
            String id = bridge.begin("slow");

            await().atMost(Duration.ofSeconds(15))
                    .until(() -> bridge.operations().run(id).state().equals("delivering") && bridge.waiting() <= BATCH);

            assertThat(bridge.operations().run(id).over())
                    .as("a delivery is in flight")
                    .isFalse();
            bridge.runtime().close();
            bridge.zoho().noFaults();
            bridge.reopen();
            bridge.runtime().work();
            assertThat(bridge.end(id).state()).isEqualTo("completed");
        }
    }

    @Test
    @DisplayName("A long batch of one connection does not delay a removal of another one")
    void otherConnection() {
        try (Bridge bridge = Bridge.open(10, BatchesInFlightIT::twoConnections)) {
            String leaver = bridge.zoho().create("Leads", Bridge.fields("leaver@c1.example.com", Map.of()));
            bridge.complete("quick");
            bridge.complete("slow");
            assertThat(bridge.zoho().statuses("quick")).containsEntry("leaver@c1.example.com", "active");
            bridge.zoho().crowd(PEOPLE, "slow");
            bridge.zoho()
                    .fault(Map.of(
                            "method", "json/listsubscribe",
                            "email", "slow",
                            "kind", "delay",
                            "delayMillis", 20_000,
                            "times", 0));
            String slow = bridge.begin("slow");
            await().atMost(Duration.ofSeconds(30)).until(() -> flying(bridge) > 2);

            bridge.zoho().change("Leads", leaver, Map.of("Email_Opt_Out", true));
            String quick = bridge.begin("quick");

            await().atMost(Duration.ofSeconds(18))
                    .until(() -> bridge.operations().run(quick).over());
            assertThat(bridge.operations().run(quick).state()).isEqualTo("completed");
            assertThat(bridge.zoho().statuses("quick")).doesNotContainEntry("leaver@c1.example.com", "active");
            assertThat(bridge.operations().run(slow).over()).isFalse();
            assertThat(bridge.waiting())
                    .as("no call of the slow batch has ended")
                    .isGreaterThanOrEqualTo(PEOPLE);
        }
    }

    /** One thread is left to the quick connection. */
    private static void twoConnections(TestConfig files) {
        String zoho = files.environment().get("ZOHO_MAIN_CRM_URL");
        files.write("config/application.properties", """
                        zoho.connections = main, second
                        zoho.second.accounts-url = %1$s
                        zoho.second.crm-url = %1$s
                        zoho.second.campaigns-url = %1$s
                        zoho.second.client-id = %2$s
                        zoho.second.client-secret = %3$s
                        zoho.second.refresh-token = %4$s
                        """.formatted(
                                zoho, Sandbox.CLIENT_ID, Sandbox.CLIENT_SECRET, Sandbox.REFRESH_TOKEN))
                .letters("slow", "Memberships")
                .purpose("quick")
                .sync("quick", "Leads", "connection: second")
                .set("DELIVERY_CONNECTIONS", "2")
                .set("DELIVERY_BATCHES", "2");
    }

    @Test
    @DisplayName(
            "A failing step after batches are settled ends these batches only: each person is called once, nobody is parked")
    void failingStep() {
        try (Bridge bridge = open(2)) {
            Edit edit = Edit.after(
                    "settle-batch", "throwException: {exceptionType: java.lang.IllegalStateException, message: ours}");
            bridge.files()
                    .write("routes/deliver.camel.yaml", edit.in(bridge.files().read("routes/deliver.camel.yaml")));
            bridge.reload();
            bridge.zoho().forgetCalls();

            RunView run = bridge.run("slow");

            assertThat(bridge.deadLetters("slow"))
                    .extracting(letter -> letter.code() + letter.cause())
                    .isEmpty();
            assertAllCalledOnce(bridge, run);
        }
    }

    @Test
    @DisplayName(
            "A reload waits for every batch in flight, claims none meanwhile, and the rest is delivered over the new routes")
    void reload() {
        try (Bridge bridge = open(2)) {
            delay(bridge, 1_000, 2 * BATCH);
            bridge.zoho().forgetCalls();
            String id = bridge.begin("slow");
            await().atMost(Duration.ofSeconds(30)).until(() -> flying(bridge) == 2 * BATCH);

            bridge.files().write("routes/extra.camel.yaml", """
                    - route:
                        id: extra-route
                        from:
                          uri: direct:extra
                          steps:
                            - log: {message: extra}
                    """);
            bridge.reload();

            assertThat(bridge.runtime().context().getRoute("extra-route")).isNotNull();
            assertAllCalledOnce(bridge, bridge.end(id));
        }
    }

    @Test
    @DisplayName(
            "A process that stops with several batches in flight gives back what was not sent; the next one sends it")
    void stop() {
        try (Bridge bridge = open(3)) {
            delay(bridge, 1_000, 0);
            bridge.zoho().forgetCalls();
            String id = bridge.begin("slow");
            await().atMost(Duration.ofSeconds(30)).until(() -> flying(bridge) == 3 * BATCH);

            bridge.runtime().close();
            bridge.zoho().noFaults();
            bridge.reopen();

            assertThat(flying(bridge)).isZero();
            bridge.runtime().work();
            RunView run = bridge.end(id);
            assertThat(run.state()).as(run.message()).isEqualTo("completed");
            assertThat(bridge.zoho().calls("json/listsubscribe")).isEqualTo(run.added());
        }
    }
}
