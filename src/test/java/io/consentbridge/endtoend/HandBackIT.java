package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.consentbridge.api.RunStarted;
import io.consentbridge.api.RunView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A process that is stopped in the middle gives back what it had, and the next one goes on. */
class HandBackIT {

    private static final int PEOPLE = 205;

    @Test
    @DisplayName("An interrupted run continues under its id, and ends like one that was not")
    void goesOnUnderItsId() {
        try (Bridge bridge = Bridge.open(
                10, files -> files.letters("stopped", "Memberships").letters("undisturbed", "Memberships"))) {
            bridge.zoho().queryMost("Memberships", 100);
            bridge.zoho().crowd(PEOPLE, "m");
            RunView undisturbed = bridge.complete("undisturbed");
            // Three sweeps and the first page come at once.
            bridge.zoho().fault(Map.of("method", "coql", "kind", "delay", "delayMillis", 1_500, "skip", 4, "times", 0));
            String id = bridge.begin("stopped");
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> bridge.operations().run(id).total() > 0);

            bridge.reopen();
            assertThat(bridge.operations().run(id).state()).isEqualTo("reading");
            assertThat(bridge.operations().startRun("stopped", true))
                    .as("a full run has to wait for the interrupted one")
                    .isEqualTo(new RunStarted(id, "stopped", false, true));
            bridge.zoho().noFaults();
            assertThat(bridge.begin("stopped")).as("the run that is asked for").isEqualTo(id);
            RunView run = bridge.end(id);

            assertThat(run.state()).as(run.message()).isEqualTo("completed");
            assertThat(run.total()).isEqualTo(undisturbed.total());
            assertThat(run.added()).isEqualTo(undisturbed.added());
            assertThat(bridge.operations().history("stopped", 10)).hasSize(1);
            assertThat(members(bridge, "stopped")).isEqualTo(members(bridge, "undisturbed"));
            assertThat(bridge.runInFull("stopped").full())
                    .as("a full run after it")
                    .isTrue();
            assertThat(bridge.zoho().violations()).isEmpty();
        }
    }

    /** The source names the sync, so it is left out. */
    private static List<JsonNode> members(Bridge bridge, String list) {
        List<JsonNode> members = new ArrayList<>();
        bridge.zoho().members(list).forEach(member -> members.add(((ObjectNode) member).without("source")));
        return members;
    }
}
