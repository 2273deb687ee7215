package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.consentbridge.api.RunView;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What changes while a run is under way disturbs neither the run nor its deliveries, and the log stays free of errors. */
class BusyReloadIT extends BridgeFixture {

    private static final int RECORDS = 205;
    private static final String DELIVER = "routes/deliver.camel.yaml";

    private static RunView undisturbed;

    private final ErrorLog log = ErrorLog.listen();

    @BeforeAll
    static void open() {
        bridge = Bridge.openWithTriggers(
                10,
                files -> files.letters("undisturbed", "Memberships")
                        .letters("reloaded", "Memberships")
                        .purpose("scheduled")
                        .sync("scheduled", "Memberships", "state: inactive", "schedule: {cron: \"* * * * * ?\"}"));
        // Three pages, since one is always read ahead.
        bridge.zoho().crowd(RECORDS, "busy");
        undisturbed = bridge.complete("undisturbed");
        // The first check of routes takes seconds.
        bridge.files().write("routes/extra.camel.yaml", "[]");
        bridge.reload();
    }

    @AfterEach
    void hear() {
        log.close();
    }

    @Test
    @DisplayName("A run that is being read continues from its cursor over changed routes, and so do its deliveries")
    void readingGoesOn() {
        String before = bridge.files().read(DELIVER);
        slowly();
        String id = bridge.begin("reloaded");
        awaitFirstPage(id);

        for (String name : List.of("delivery-news", "delivery-events")) {
            bridge.files().write(DELIVER, before.replace("id: delivery-events", "id: " + name));
            bridge.reload();
            assertThat(bridge.runtime().context().getRoute(name)).isNotNull();
        }
        assertThat(bridge.operations().run(id).state()).isEqualTo("reading");
        bridge.zoho().noFaults();

        assertEndsLikeUndisturbed(bridge.end(id));
        assertThat(bridge.operations().history("reloaded", 10)).hasSize(1);
    }

    @Test
    @DisplayName("A sync that is deactivated during the reading of its scheduled run is still read to the end")
    void scheduledRunGoesOn() {
        slowly();
        bridge.operations().activate("scheduled");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> !bridge.operations().history("scheduled", 1).isEmpty());
        String id = bridge.operations().history("scheduled", 1).get(0).run();
        awaitFirstPage(id);

        bridge.operations().deactivate("scheduled");
        assertThat(bridge.operations().run(id).state()).isEqualTo("reading");
        bridge.zoho().noFaults();

        assertEndsLikeUndisturbed(bridge.end(id));
    }

    /** Three sweeps and the first page come at once, the others late. */
    private static void slowly() {
        bridge.zoho().queryMost("Memberships", 100);
        bridge.zoho().fault(Map.of("method", "coql", "kind", "delay", "delayMillis", 2_500, "skip", 4, "times", 0));
    }

    private static void awaitFirstPage(String run) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> bridge.operations().run(run).total() > 0);
    }

    private void assertEndsLikeUndisturbed(RunView run) {
        assertThat(run.state()).as(run.message()).isEqualTo("completed");
        assertThat(run.total()).isEqualTo(undisturbed.total());
        assertThat(run.added()).isEqualTo(undisturbed.added());
        assertThat(bridge.zoho().statuses(run.sync())).hasSize((int) run.added());
        assertThat(log.errors()).isEmpty();
    }
}
