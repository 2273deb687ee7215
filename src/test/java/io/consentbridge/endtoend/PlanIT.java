package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.consentbridge.api.OperationFailure;
import io.consentbridge.api.PlanHeader;
import io.consentbridge.api.PlanPage;
import io.consentbridge.api.RunView;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;

/** A saved preview is carried out to the letter, or the run stops where the world has moved; who leaves, leaves. */
@EveryEngine
class PlanIT extends EveryEngineFixture {

    @BeforeParameterizedClassInvocation
    static void open(TestDatabase engine) {
        bridge = Bridge.open(
                30,
                files -> files.on(engine)
                        .letters("exact", "Leads")
                        .letters("twins", "Contacts")
                        .letters("moved", "Contacts")
                        .letters("optout", "Contacts")
                        .letters("absent", "Memberships")
                        .letters("leaver", "Memberships")
                        .letters("later", "Memberships")
                        .letters("rule", "Memberships")
                        .letters("old", "Memberships"));
    }

    private record Plan(PlanHeader header, List<PlanPage.Line> lines) {}

    private static Plan plan(String sync) {
        var operations = bridge.operations();
        String id = operations.startPreview(sync, false).preview();
        await().until(() -> operations.preview(id).over());
        PlanHeader header = operations.planHeader(id);
        List<PlanPage.Line> lines = new ArrayList<>();
        for (String next = ""; next != null; ) {
            PlanPage page = operations.plan(id, next);
            lines.addAll(page.lines());
            next = page.next();
        }
        operations.endPreview(id);
        assertThat(lines).hasSize((int) header.records());
        return new Plan(header, lines);
    }

    private static RunView carryOut(Plan plan) {
        return bridge.end(begin(plan));
    }

    private static String begin(Plan plan) {
        String id = bridge.operations().beginPlan(plan.header()).plan();
        bridge.operations().addToPlan(id, plan.lines());
        return bridge.operations().startPlan(id).run();
    }

    /** The older twin is passed over as long as the newer one is there, and is read again once that one is gone. */
    private static void remaining() {
        String newest = bridge.zoho()
                .create("Contacts", Bridge.fields("twin@plan.example.com", Map.of("First_Name", "Newest")));
        bridge.complete("twins");
        bridge.zoho().delete("Contacts", newest);
        RunView run = carryOut(plan("twins"));
        assertThat(run.state()).as(run.message()).isEqualTo("completed");
        assertThat(run.updated()).isEqualTo(1);
    }

    @Test
    @DisplayName("A plan is carried out exactly, also where a person has two records")
    void exactly() {
        RunView run = carryOut(plan("exact"));
        assertThat(run.state()).as(run.message()).isEqualTo("completed");
        assertThat(run.total()).isPositive();

        bridge.zoho().create("Contacts", Bridge.fields("twin@plan.example.com", Map.of("First_Name", "Old")));
        bridge.zoho().create("Contacts", Bridge.fields("twin@plan.example.com", Map.of("First_Name", "New")));
        RunView twins = carryOut(plan("twins"));
        assertThat(twins.state()).as(twins.message()).isEqualTo("completed");
        assertThat(twins.ignored()).containsEntry("file-duplicate", 1L);

        remaining();
        RunView nothing = carryOut(plan("exact"));
        assertThat(nothing.state()).isEqualTo("completed");
        assertThat(nothing.total()).isZero();
    }

    @Test
    @DisplayName(
            "A run stops at a record that changed since the preview, names it without the address, and stores nothing of its page")
    void changed() {
        bridge.complete("moved");
        String id = bridge.zoho().create("Contacts", Bridge.fields("moved@plan.example.com", Map.of()));
        String other = bridge.newcomer("Contacts", Map.of());
        Plan plan = plan("moved");
        bridge.zoho().change("Contacts", id, Map.of("First_Name", "Ada"));

        RunView run = carryOut(plan);

        assertThat(run.state()).isEqualTo("failed");
        assertThat(run.message())
                .startsWith("moved: stopped, because 1 record is different from the plan or not in it: " + id)
                .endsWith("Preview again")
                .doesNotContain("@");
        assertThat(run.added() + run.duplicate()).isZero();
        assertThat(bridge.zoho().statuses("moved")).doesNotContainKey(other);
        RunView next = carryOut(plan("moved"));
        assertThat(next.state()).as(next.message()).isEqualTo("completed");
        assertThat(bridge.zoho().statuses("moved")).containsEntry(other, "active");
    }

    @Test
    @DisplayName("B51, B52: a person who opts out after the preview leaves, even if the plan stops there")
    void optedOut() {
        String leaving = bridge.zoho().create("Contacts", Bridge.fields("leaving@plan.example.com", Map.of()));
        bridge.complete("optout");
        String newcomer = bridge.newcomer("Contacts", Map.of());
        Plan plan = plan("optout");
        bridge.zoho().change("Contacts", leaving, Map.of("Email_Opt_Out", true));

        RunView run = carryOut(plan);

        assertThat(run.state()).isEqualTo("failed");
        assertThat(run.message()).contains(leaving);
        assertThat(bridge.zoho().statuses("optout"))
                .containsEntry("leaving@plan.example.com", "unsub")
                .doesNotContainKey(newcomer);
        assertThat(run.added() + run.duplicate()).isZero();
        assertThat(run.ignored().get("opted-out")).isPositive();
    }

    @Test
    @DisplayName("A run without a planned record says so at its end and does not count as completed")
    void absent() {
        bridge.complete("absent");
        List<String> ids = bridge.zoho().crowd(2, "absent");
        Plan plan = plan("absent");
        bridge.zoho().delete("Memberships", ids.get(0));

        RunView run = carryOut(plan);

        assertThat(run.state()).isEqualTo("failed");
        assertThat(run.message())
                .isEqualTo("absent: everything else was done as planned, but 1 record is in the plan but not read: "
                        + ids.get(0) + ". Preview again");
        assertThat(bridge.zoho().statuses("absent"))
                .containsEntry("absent1@c2.example.com", "active")
                .doesNotContainKey("absent0@c2.example.com");
    }

    @Test
    @DisplayName(
            "A run stops at the later page whose data changed, and delivers the earlier people and carries out refusals")
    void laterPage() {
        List<String> known = bridge.zoho().crowd(2, "latermember");
        bridge.complete("later");
        bridge.zoho().queryMost("Memberships", 100);
        bridge.zoho().crowd(110, "later");
        Plan plan = plan("later");
        bridge.zoho().forgetCalls();
        // A record that changed within the second of the crowd would stand among it, by its id.
        bridge.zoho().pass(Duration.ofSeconds(2));
        bridge.zoho().change("Memberships", known.get(0), Map.of("Email_Opt_Out", true));
        bridge.zoho().delete("Memberships", known.get(1));

        String run = begin(plan);
        await().atMost(Duration.ofMinutes(2))
                .until(() -> bridge.operations().progress(run).over());
        assertThat(bridge.operations().progress(run).waiting())
                .as("a caller that waits for the run waits for these")
                .isZero();
        RunView stopped = bridge.end(run);

        assertThat(stopped.state()).isEqualTo("failed");
        assertThat(stopped.message())
                .startsWith("later: stopped, because ")
                .contains(known.get(0))
                .endsWith("Preview again")
                .doesNotContain("@");
        assertThat(stopped.pending()).isZero();
        assertThat(stopped.total()).as("who refused left, and was counted").isEqualTo(101);
        Map<String, String> statuses = bridge.zoho().statuses("later");
        assertThat(statuses)
                .containsEntry("latermember0@c2.example.com", "unsub")
                .containsEntry("latermember1@c2.example.com", "active")
                .containsEntry("later0@c2.example.com", "active")
                .doesNotContainKey("later109@c2.example.com");
        RunView next = carryOut(plan("later"));
        assertThat(next.state()).as(next.message()).isEqualTo("completed");
        assertThat(bridge.zoho().statuses("later"))
                .containsEntry("latermember1@c2.example.com", "unsub")
                .containsEntry("later109@c2.example.com", "active");
        assertThat(bridge.zoho().callsOf(SUBSCRIBE).stream()
                        .map(call -> call.path("params").path("contactinfo").asText())
                        .toList())
                .as("nobody is called twice")
                .doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("B47: people who are deleted or opt out according to the plan leave")
    void plannedLeavers() {
        List<String> ids = bridge.zoho().crowd(3, "leaver");
        bridge.complete("leaver");
        bridge.zoho().delete("Memberships", ids.get(0));
        bridge.zoho().change("Memberships", ids.get(1), Map.of("Email_Opt_Out", true));

        RunView run = carryOut(plan("leaver"));

        assertThat(run.state()).as(run.message()).isEqualTo("completed");
        assertThat(run.deleted()).isEqualTo(1);
        assertThat(bridge.zoho().statuses("leaver"))
                .containsEntry("leaver0@c2.example.com", "unsub")
                .containsEntry("leaver1@c2.example.com", "unsub")
                .containsEntry("leaver2@c2.example.com", "active");
    }

    @Test
    @DisplayName(
            "A plan is refused when sync, purpose or mapping changed, or after another run; a changed schedule does not matter")
    void refused() {
        Plan plan = plan("rule");
        bridge.files().sync("rule", "Memberships", "schedule: {every: day, at: \"09:00\"}");
        bridge.reload();
        bridge.operations().beginPlan(plan.header());
        bridge.files().sync("rule", "Memberships", "updateEmptyValues: true");
        bridge.reload();
        assertThatThrownBy(() -> bridge.operations().beginPlan(plan.header()))
                .isInstanceOf(OperationFailure.Refused.class)
                .hasMessage("rule: the sync, its purpose or its mapping has changed since the plan was made. Preview"
                        + " again");

        Plan old = plan("old");
        RunView since = bridge.complete("old");
        assertThatThrownBy(() -> bridge.operations().beginPlan(old.header()))
                .isInstanceOf(OperationFailure.Refused.class)
                .hasMessage("old: run " + since.run() + " ran after the plan was made. Preview again");

        String once = bridge.operations().beginPlan(plan("exact").header()).plan();
        bridge.end(bridge.operations().startPlan(once).run());
        assertThatThrownBy(() -> bridge.operations().startPlan(once)).isInstanceOf(OperationFailure.UnknownName.class);
    }
}
