package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.api.RunView;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Zoho sends is bounded. */
class BoundedRepliesIT extends BridgeFixture {

    private static final Duration DEADLINE = Duration.ofSeconds(2);

    @BeforeAll
    static void open() {
        bridge = Bridge.open(
                10,
                files -> files.set("CALLS_DEADLINE", DEADLINE.toMillis() + "ms")
                        .set("CALLS_LARGEST_REPLY", "1MB")
                        .set("RETRY_ATTEMPTS", "2")
                        .letters("dripping", "Leads")
                        .letters("huge", "Leads")
                        .letters("deletions", "Leads")
                        .letters("same-page", "Leads")
                        .letters("same-members", "Leads")
                        .purpose("view")
                        .sync("view", "Leads", "select: {scope: view, view: Hospitality leads}"));
    }

    @AfterEach
    void mend() {
        bridge.zoho().noFaults();
    }

    @Test
    @DisplayName("A reply that trickles is given up at the call's deadline; the run fails, the next one completes")
    void dripping() {
        bridge.zoho().fault(Map.of("method", "coql", "kind", "drip", "delayMillis", 200, "times", 0));

        RunView run = bridge.run("dripping");

        assertThat(run.state()).isEqualTo("failed");
        assertThat(run.message()).contains("to coql within 2 s (calls.deadline)");
        bridge.zoho().noFaults();
        bridge.complete("dripping");
    }

    @ParameterizedTest(name = "packed: {0}")
    @ValueSource(booleans = {true, false})
    @DisplayName("A reply of 600 MB is refused because of its size; the run fails, the next one completes")
    void huge(boolean packed) {
        bridge.zoho()
                .fault(Map.of("method", "coql", "kind", "huge", "bytes", 600_000_000, "packed", packed, "times", 0));

        RunView run = bridge.run("huge");

        assertThat(run.state()).isEqualTo("failed");
        assertThat(run.message()).contains("answers coql with more than 1 MB", "calls.largest-reply");
        bridge.zoho().noFaults();
        bridge.complete("huge");
    }

    @Test
    @DisplayName("Endless deletions end with the page that repeats; the run fails, nobody leaves")
    void deletions() {
        String email = bridge.newcomer("Leads", Map.of());
        String other = bridge.newcomer("Leads", Map.of());
        bridge.complete("deletions");
        String id = bridge.zoho().create("Leads", Bridge.fields("gone@c1.example.com", Map.of()));
        bridge.zoho().delete("Leads", id);
        bridge.zoho().fault(Map.of("method", "/deleted", "kind", "repeat", "times", 0));
        bridge.zoho().forgetCalls();

        RunView run = bridge.run("deletions");

        assertThat(run.state()).isEqualTo("failed");
        assertThat(run.message()).contains("the deletions of Leads", "the same page again");
        assertThat(bridge.zoho().crmCalls()).isLessThan(20);
        assertThat(bridge.zoho().statuses("deletions"))
                .containsEntry(email, "active")
                .containsEntry(other, "active");
        bridge.zoho().noFaults();
        bridge.complete("deletions");
    }

    @Test
    @DisplayName("A query that returns the same page forever ends with the second one")
    void samePage() {
        bridge.zoho().fault(Map.of("method", "coql", "kind", "repeat", "times", 0));
        bridge.zoho().forgetCalls();

        RunView run = bridge.run("same-page");

        assertThat(run.state()).isEqualTo("failed");
        assertThat(run.message()).contains("so reading stopped");
        assertThat(bridge.zoho().calls("POST coql") + bridge.zoho().crmCalls()).isLessThan(20);
        bridge.zoho().noFaults();
        bridge.complete("same-page");
    }

    @Test
    @DisplayName("A view whose page token repeats ends with the second one, and nobody leaves")
    void view() {
        bridge.newcomer("Leads", Map.of("Industry", "Hospitality"));
        bridge.complete("view");
        bridge.zoho().fault(Map.of("method", "/crm/v8/Leads", "kind", "repeat", "times", 0));
        bridge.zoho().forgetCalls();

        RunView run = bridge.runInFull("view");

        assertThat(run.state()).isEqualTo("failed");
        assertThat(run.message()).contains("again");
        assertThat(bridge.zoho().crmCalls()).isLessThan(20);
        bridge.zoho().noFaults();
        bridge.complete("view");
    }

    @Test
    @DisplayName("Members of a list that repeat forever are read twice; nothing is sent to the list")
    void sameMembers() {
        String left = bridge.newcomer("Leads", Map.of());
        String bounced = bridge.newcomer("Leads", Map.of());
        bridge.complete("same-members");
        bridge.zoho().happens("unsubscribe", "same-members", left);
        bridge.zoho().happens("bounce", null, bounced);
        String email = bridge.newcomer("Leads", Map.of());
        bridge.zoho().fault(Map.of("method", "getlistsubscribers", "kind", "repeat", "times", 0));
        bridge.zoho().forgetCalls();

        RunView run = bridge.end(bridge.begin("same-members"));

        assertThat(run.state()).isEqualTo("failed");
        assertThat(bridge.zoho().calls("getlistsubscribers")).isLessThan(10);
        assertThat(bridge.zoho().statuses("same-members")).doesNotContainKey(email);
        bridge.zoho().noFaults();
        bridge.complete("same-members");
        assertThat(bridge.zoho().statuses("same-members")).containsEntry(email, "active");
    }
}
