package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.consentbridge.api.DeadLetterView;
import io.consentbridge.api.RunView;
import io.consentbridge.run.Run;
import io.consentbridge.run.RunRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Each handler of {@code failures.camel.yaml}, and the dead letters behind them. */
class FailuresIT extends BridgeFixture {

    @BeforeAll
    static void open() {
        bridge = Bridge.open(
                10,
                files -> files.set("HOLD_FIRST", "700ms")
                        .set("HOLD_MOST", "1s")
                        .letters("twice", "Leads")
                        .letters("broken", "Memberships")
                        .letters("disturbed", "Leads")
                        .letters("refused", "Leads")
                        .letters("own-fault", "Leads")
                        .letters("discarded", "Leads")
                        .letters("outage", "Leads")
                        .letters("lost", "Leads")
                        .letters("lost-then-refused", "Leads"));
    }

    @Test
    @DisplayName("retry-then-throw: a page that fails twice succeeds with the third try")
    void pageFailsTwice() {
        bridge.zoho().fault(Map.of("method", "coql", "kind", "status", "status", 503, "times", 2));

        RunView run = bridge.complete("twice");

        assertThat(run.added()).isPositive();
        assertThat(bridge.zoho().struck(2)).isTrue();
    }

    @Test
    @DisplayName(
            "report-run-failure: when a page keeps failing the run fails, keeps what it read, removes nobody; the next continues")
    void pageNeverComes() {
        bridge.zoho().queryMost("Memberships", 100);
        List<String> ids = bridge.zoho().crowd(200, "broken");
        // Three sweeps and the first page come.
        bridge.zoho().fault(Map.of("method", "coql", "kind", "html", "skip", 4, "times", 0));

        RunView broken = bridge.run("broken");

        assertThat(broken.state()).isEqualTo("failed");
        assertThat(broken.message()).contains("main: ", "Zoho CRM");
        assertThat(broken.total()).isEqualTo(100);
        assertThat(broken.pending()).isZero();
        assertThat(bridge.zoho().statuses("broken")).hasSize((int) broken.added());

        bridge.zoho().delete("Memberships", ids.get(0));
        RunView still = bridge.run("broken");
        assertThat(still.state()).isEqualTo("failed");
        assertThat(still.deleted()).isZero();
        assertThat(bridge.zoho().statuses("broken")).containsEntry("broken0@c2.example.com", "active");

        bridge.zoho().noFaults();
        RunView next = bridge.complete("broken");
        assertThat(next.added()).isBetween(100L, 110L);
        assertThat(next.deleted()).isEqualTo(1);
        assertThat(bridge.zoho().statuses("broken"))
                .hasSizeGreaterThanOrEqualTo(200)
                .containsEntry("broken0@c2.example.com", "unsub");
    }

    @Test
    @DisplayName("report-run-failure: a trigger for a sync that is gone is reported, and nothing else breaks")
    void triggerWithoutSync() {
        try (ProducerTemplate template = bridge.runtime().context().createProducerTemplate()) {
            Exchange answer = template.send(
                    "direct:run-sync",
                    exchange -> exchange.getMessage()
                            .setBody(new RunRequest("nobody", Run.Cause.SCHEDULE, false, Instant.now())));
            assertThat(answer.getException()).isNull();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    @DisplayName("retry-then-park: a transient fault of one delivery is retried")
    void deliveryDisturbed() {
        String email = bridge.newcomer("Leads", Map.of());
        bridge.zoho().fault(Map.of("method", SUBSCRIBE, "kind", "html", "times", 2, "email", email));

        RunView run = bridge.complete("disturbed");

        assertThat(run.deadLettered()).isZero();
        assertThat(bridge.zoho().statuses("disturbed")).containsEntry(email, "active");
    }

    @Test
    @DisplayName("A permanent refusal by Campaigns is ignored with its reason; Do-Not-Mail is remembered (B78, B79)")
    void refusedForGood() {
        String group = bridge.newcomer("Leads", Map.of());
        String never = bridge.newcomer("Leads", Map.of());
        bridge.zoho().fault(Map.of("method", SUBSCRIBE, "kind", "code", "code", "2005", "times", 0, "email", group));
        bridge.zoho().fault(Map.of("method", SUBSCRIBE, "kind", "code", "code", "2006", "times", 0, "email", never));

        RunView run = bridge.complete("refused");

        assertThat(run.ignored()).containsEntry("group-email", 1L).containsEntry("do-not-mail", 1L);
        assertThat(run.deadLettered()).isZero();
        bridge.zoho().noFaults();
        bridge.runInFull("refused");
        assertThat(bridge.zoho().statuses("refused")).doesNotContainKey(never);
    }

    @Test
    @DisplayName(
            "park-delivery: a delivery that fails alone is parked; a failed replay keeps its number, a successful one ends it")
    void ownFaultIsParkedAndReplayed() {
        String email = bridge.newcomer("Leads", Map.of());
        bridge.zoho().fault(Map.of("method", SUBSCRIBE, "kind", "status", "status", 500, "times", 0, "email", email));
        RunView run = bridge.run("own-fault");
        DeadLetterView letter = only("own-fault");
        assertThat(run.state()).isEqualTo("completed");
        assertThat(run.deadLettered()).isEqualTo(1);
        assertThat(letter.person()).isEqualTo(email);
        assertThat(why(email)).contains("500");

        bridge.operations().replay(List.of(letter.id()));
        bridge.end(run.run());
        DeadLetterView again = only("own-fault");
        assertThat(again.id()).isEqualTo(letter.id());
        assertThat(again.replays()).isEqualTo(letter.replays() + 1);

        bridge.zoho().noFaults();
        bridge.runtime().components().outbox().backoff().succeeded("main");
        bridge.operations().replay(List.of(letter.id()));
        RunView after = bridge.end(run.run());
        assertThat(bridge.deadLetters("own-fault")).isEmpty();
        assertThat(after.deadLettered()).isZero();
        assertThat(why(email)).doesNotContain("500").isNotBlank();
        assertThat(bridge.operations().explain(email).deadLetters()).isEmpty();
        assertThat(after.decisions()).noneMatch(made -> made.why().contains("500"));
        assertThat(bridge.operations().status().connections()).allMatch(connection -> connection.deadLetters() == 0);
        assertThat(after.added()).isEqualTo(run.added() + 1);
        assertThat(bridge.zoho().statuses("own-fault")).containsEntry(email, "active");
    }

    /** What is said of the outcome of the person's record. */
    private String why(String email) {
        return bridge.operations().explain(email).outcomes().get(0).detail();
    }

    @Test
    @DisplayName("A dead letter that is discarded is gone, and its record stays counted")
    void discarded() {
        String email = bridge.newcomer("Leads", Map.of());
        bridge.zoho().fault(Map.of("method", SUBSCRIBE, "kind", "code", "code", "914", "times", 0, "email", email));
        RunView run = bridge.run("discarded");

        bridge.operations().discard(List.of(only("discarded").id()));

        assertThat(bridge.deadLetters("discarded")).isEmpty();
        assertThat(bridge.end(run.run()).deadLettered()).isEqualTo(1);
        assertThat(bridge.zoho().statuses("discarded")).doesNotContainKey(email);
    }

    @Test
    @DisplayName("park-delivery: the connection backs off while nothing succeeds; afterwards everybody arrives")
    void outageIsWaitedOut() {
        bridge.zoho().fault(Map.of("method", SUBSCRIBE, "kind", "status", "status", 503, "times", 0));
        String id = bridge.begin("outage");
        await().until(() ->
                bridge.runtime().components().outbox().backoff().current("main").isPresent());
        bridge.zoho().noFaults();

        RunView run = bridge.end(id);

        assertThat(run.state()).isEqualTo("completed");
        assertThat(run.deadLettered()).isZero();
        assertThat(bridge.zoho().statuses("outage")).hasSize((int) run.added());
    }

    @Test
    @DisplayName("A reply that is lost after the call took effect does no harm, and the figures agree")
    void lostReply() {
        // Less often than a delivery is tried: one whose every reply is lost is parked, since nobody can know that it
        // arrived.
        bridge.zoho().fault(Map.of("method", SUBSCRIBE, "kind", "lost-reply", "times", 2));

        RunView run = bridge.complete("lost");

        assertThat(run.deadLettered()).isZero();
        assertThat(bridge.zoho().statuses("lost")).hasSize((int) run.added());
    }

    @Test
    @DisplayName("A permanent refusal of one delivery alone is parked, even if the try before it was only disturbed")
    void refusedAfterALostReply() {
        bridge.complete("lost-then-refused");
        String email = bridge.newcomer("Leads", Map.of());
        bridge.zoho().fault(Map.of("method", SUBSCRIBE, "kind", "lost-reply", "email", email));
        bridge.zoho().fault(Map.of("method", SUBSCRIBE, "kind", "code", "code", "901", "times", 0, "email", email));

        RunView run = bridge.run("lost-then-refused");

        assertThat(run.deadLettered()).isEqualTo(1);
        assertThat(only("lost-then-refused").code()).isEqualTo("901");
    }

    private static DeadLetterView only(String sync) {
        List<DeadLetterView> letters = bridge.deadLetters(sync);
        assertThat(letters).hasSize(1);
        return letters.get(0);
    }
}
