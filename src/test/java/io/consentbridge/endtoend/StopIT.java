package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.consentbridge.api.RunView;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A runtime that is closed while Zoho takes two seconds for each call. */
class StopIT {

    private static final int PEOPLE = 400;

    @Test
    @DisplayName("finishes only the calls in flight, gives the rest back unchanged, and is closed within ten seconds")
    void deliveries() {
        try (Bridge bridge = Bridge.open(10, files -> files.letters("slow", "Memberships"))) {
            bridge.zoho().crowd(PEOPLE, "m");
            bridge.zoho()
                    .fault(Map.of("method", "json/listsubscribe", "kind", "delay", "delayMillis", 2_000, "times", 0));
            String id = bridge.begin("slow");
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> bridge.zoho().struck(1)
                            && bridge.operations().run(id).state().equals("delivering"));
            bridge.zoho().forgetCalls();

            Duration took = closed(bridge);

            assertThat(took).isLessThan(Duration.ofSeconds(10));
            assertThat(bridge.zoho().calls("json/listsubscribe")).isLessThanOrEqualTo(20);
            bridge.zoho().noFaults();
            bridge.reopen();
            bridge.runtime().work();
            RunView run = bridge.end(id);
            assertThat(run.state()).as(run.message()).isEqualTo("completed");
            assertThat(bridge.zoho().statuses("slow")).hasSizeGreaterThanOrEqualTo(PEOPLE);
            assertThat(run.deadLettered()).isZero();
            assertThat(run.duplicate()).isZero();
        }
    }

    @Test
    @DisplayName("reads no further page, and the run continues from its cursor")
    void reading() {
        try (Bridge bridge = Bridge.open(10, files -> files.letters("slow", "Memberships"))) {
            bridge.zoho().crowd(PEOPLE, "m");
            bridge.zoho().fault(Map.of("method", "coql", "kind", "delay", "delayMillis", 2_000, "times", 0));
            String id = bridge.begin("slow");
            await().atMost(Duration.ofSeconds(60)).until(() -> bridge.zoho().struck(1));
            bridge.zoho().forgetCalls();

            Duration took = closed(bridge);

            assertThat(took).isLessThan(Duration.ofSeconds(10));
            assertThat(bridge.zoho().crmCalls()).isLessThanOrEqualTo(1);
            bridge.zoho().noFaults();
            bridge.reopen();
            assertThat(bridge.operations().run(id).state()).isEqualTo("reading");
            bridge.runtime().work();
            RunView run = bridge.end(id);
            assertThat(run.state()).as(run.message()).isEqualTo("completed");
            assertThat(bridge.zoho().statuses("slow")).hasSizeGreaterThanOrEqualTo(PEOPLE);
        }
    }

    @Test
    @DisplayName("gives up a call that Zoho does not answer at all, and is closed within ten seconds")
    void silence() {
        try (Bridge bridge = Bridge.open(10, files -> files.letters("slow", "Memberships"))) {
            bridge.zoho().crowd(20, "m");
            bridge.zoho()
                    .fault(Map.of("method", "json/listsubscribe", "kind", "delay", "delayMillis", 25_000, "times", 0));
            String id = bridge.begin("slow");
            await().atMost(Duration.ofSeconds(60)).until(() -> bridge.zoho().struck(1));

            Duration took = closed(bridge);

            assertThat(took).isLessThan(Duration.ofSeconds(10));
            bridge.zoho().noFaults();
            bridge.reopen();
            bridge.runtime().work();
            RunView run = bridge.end(id);
            assertThat(run.state()).as(run.message()).isEqualTo("completed");
            assertThat(bridge.zoho().statuses("slow")).hasSizeGreaterThanOrEqualTo(20);
        }
    }

    private static Duration closed(Bridge bridge) {
        long start = System.nanoTime();
        bridge.runtime().close();
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
