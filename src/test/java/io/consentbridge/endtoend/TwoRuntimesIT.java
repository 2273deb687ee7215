package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.consentbridge.run.Run;
import io.consentbridge.run.RunRequest;
import io.consentbridge.runtime.Runtime;
import io.consentbridge.store.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Two runtimes over one PostgreSQL. */
class TwoRuntimesIT extends BridgeFixture {

    private static Runtime other;

    @BeforeAll
    static void open() {
        bridge = Bridge.open(
                600,
                files -> files.on(TestDatabase.POSTGRES)
                        .set("DELIVERY_BATCH", "2")
                        .letters("shared", "Leads")
                        .letters("first", "Contacts")
                        .letters("second", "Leads"));
        other = bridge.start();
    }

    @AfterAll
    static void closeOther() {
        other.close();
    }

    @Test
    @DisplayName("A trigger that fires on both nodes starts one run, which both deliver, and nobody gets it twice")
    void oneRunOfOneTrigger() {
        Set<String> before = subscribed();
        Instant due = Instant.now();
        List<String> ids = new CopyOnWriteArrayList<>();
        Stream.of(bridge.runtime(), other)
                .parallel()
                .forEach(runtime ->
                        Bridge.request(runtime, new RunRequest("shared", Run.Cause.SCHEDULE, false, due), ids::add));

        assertThat(ids).hasSize(1);
        Set<String> deliverers = new HashSet<>();
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> {
                    deliverers.addAll(claimants());
                    return bridge.operations().run(ids.get(0)).over();
                });

        var run = bridge.end(ids.get(0));
        assertThat(run.state()).as(run.message()).isEqualTo("completed");
        assertThat(deliverers).as("both make progress").hasSize(2);
        assertThat(bridge.zoho().statuses("shared")).hasSize((int) run.added());
        assertThat(subscribed()).hasSizeGreaterThanOrEqualTo(before.size() + (int) run.added());
    }

    @Test
    @DisplayName("Each node carries out its own run at the same time")
    void eachItsOwnRun() {
        List<String> ids = new CopyOnWriteArrayList<>();
        bridge.request(new RunRequest("first", Run.Cause.SCHEDULE, false, Instant.now()), ids::add);
        Bridge.request(other, new RunRequest("second", Run.Cause.SCHEDULE, false, Instant.now()), ids::add);

        assertThat(ids)
                .hasSize(2)
                .allSatisfy(id -> assertThat(bridge.end(id).state()).isEqualTo("completed"));
        assertThat(bridge.zoho().violations()).isEmpty();
    }

    /** Every subscription by list and person; one that was made twice fails. Whom Campaigns refused may be asked again. */
    private static Set<String> subscribed() {
        Set<String> all = new HashSet<>();
        bridge.zoho().callsOf(SUBSCRIBE).stream()
                .filter(call -> call.path("result").asText().equals("0"))
                .map(call -> call.path("params"))
                .forEach(params -> assertThat(all.add(params.path("listkey").asText()
                                + params.path("contactinfo").asText()))
                        .as("sent once")
                        .isTrue());
        return all;
    }

    private static List<String> claimants() {
        return bridge.runtime()
                .database()
                .query(handle -> handle.createQuery(
                                "select distinct claimed_by from delivery where claimed_by is not null")
                        .mapTo(String.class)
                        .list());
    }
}
