package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consentbridge.api.OperationFailure;
import io.consentbridge.api.RunView;
import io.consentbridge.outbox.Waiting;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A run that would take many people off a list waits for a person's word. */
class BrakeIT extends BridgeFixture {

    @BeforeAll
    static void open() {
        bridge = Bridge.open(
                10,
                files -> files.letters("wave", "Memberships")
                        .letters("second", "Contacts")
                        .letters("leads", "Leads")
                        .set("BRAKE_PEOPLE", "3"));
    }

    private static List<String> people(String module, String name, int count) {
        return bridge.zoho()
                .createAll(
                        module,
                        java.util.stream.IntStream.range(0, count)
                                .mapToObj(i -> module.equals("Memberships")
                                        ? Map.<String, Object>of("Name", "M" + i, "Email", name + i + "@c2.example.com")
                                        : Bridge.fields(name + i + "@c2.example.com", Map.of()))
                                .toList());
    }

    /** How many of the test's own people are on the list. */
    private static long active(String list, String name) {
        return bridge.zoho().statuses(list).entrySet().stream()
                .filter(member ->
                        member.getKey().startsWith(name) && member.getValue().equals("active"))
                .count();
    }

    private static long held() {
        return bridge.runtime().components().outbox().queries().waiting("main").stream()
                .mapToLong(Waiting::held)
                .sum();
    }

    private static RunView brake(String sync) {
        RunView run = bridge.run(sync);
        assertThat(run.state()).as(run.message()).isEqualTo("braked");
        return run;
    }

    @Test
    @DisplayName(
            "B47-B50: a mass deletion is held, reported with its figures, and continues when exactly that number is allowed")
    void massDeletion() {
        List<String> ids = people("Memberships", "wave", 20);
        bridge.complete("wave");
        ids.subList(0, 5).forEach(id -> bridge.zoho().delete("Memberships", id));

        RunView run = brake("wave");

        assertThat(active("wave", "wave")).isEqualTo(20);
        assertThat(run.message())
                .contains("5 people who would leave", "10 %", "more than 3", "5 deleted in the CRM")
                .endsWith("sync run wave --allow-removals 5");
        assertThat(bridge.operations().sync("wave").held()).isEqualTo(5);
        assertThat(held()).isEqualTo(5);
        assertThat(bridge.operations().quota().connections().get(0).waiting())
                .as("quota tells it too")
                .filteredOn(waiting -> waiting.held() == 5)
                .hasSize(1);
        assertThatThrownBy(() -> bridge.operations().allowRemovals("wave", 4))
                .isInstanceOf(OperationFailure.Refused.class)
                .hasMessageContaining("--allow-removals 5");

        bridge.reopen();
        people("Memberships", "late", 1);
        RunView daily = bridge.run("wave");
        assertThat(daily.state()).as("what has nothing to do with it goes on").isEqualTo("completed");
        assertThat(active("wave", "late")).isEqualTo(1);

        String goesOn = bridge.operations().allowRemovals("wave", 5).run();
        RunView done = bridge.end(goesOn);
        assertThat(goesOn).isEqualTo(run.run());
        assertThat(done.state()).isEqualTo("completed");
        assertThat(done.deleted()).isEqualTo(5);
        assertThat(active("wave", "wave")).isEqualTo(15);
        assertThat(held()).isZero();
        assertThatThrownBy(() -> bridge.operations().allowRemovals("wave", 5))
                .isInstanceOf(OperationFailure.Refused.class)
                .hasMessageContaining("holds nobody");
        assertThat(bridge.complete("wave").deleted()).as("counted once").isZero();
    }

    @Test
    @DisplayName("B50-B52: opt-outs are never held, people who come back are not held, and few may always leave")
    void whatIsNotHeld() {
        List<String> ids = people("Contacts", "second", 20);
        bridge.complete("second");
        ids.subList(0, 3).forEach(id -> bridge.zoho().delete("Contacts", id));
        assertThat(bridge.complete("second").deleted())
                .as("not more than three")
                .isEqualTo(3);

        ids.subList(3, 7).forEach(id -> bridge.zoho().delete("Contacts", id));
        bridge.zoho().change("Contacts", ids.get(7), Map.of("Email", "moved@c2.example.com"));
        ids.subList(10, 20).forEach(id -> bridge.zoho().change("Contacts", id, Map.of("Email_Opt_Out", true)));
        RunView first = brake("second");
        assertThat(first.message()).contains("4 deleted in the CRM, 1 with another address");
        assertThat(first.ignored().get("opted-out")).isEqualTo(10);
        assertThat(active("second", "second"))
                .as("opt-outs have left, the others stay")
                .isEqualTo(7);
        assertThat(bridge.zoho().statuses("second")).as("both halves wait").doesNotContainKey("moved@c2.example.com");

        // Two of the deleted were entered again, so three are left, which are few enough.
        people("Contacts", "second", 5);
        RunView second = bridge.run("second");

        assertThat(second.state()).isEqualTo("completed");
        assertThat(held()).isZero();
        assertThat(bridge.end(first.run()).state()).isEqualTo("completed");
        assertThat(bridge.zoho().statuses("second"))
                .containsEntry("moved@c2.example.com", "active")
                .containsEntry("second7@c2.example.com", "unsub")
                .containsEntry("second3@c2.example.com", "active")
                .containsEntry("second4@c2.example.com", "active")
                .containsEntry("second5@c2.example.com", "unsub");
    }

    @Test
    @DisplayName("B47, B64: people held by the brake stay on the list when the sync is deleted, and the run ends")
    void deleted() {
        bridge.letters("ending", "Memberships");
        List<String> ids = people("Memberships", "ending", 6);
        bridge.complete("ending");
        ids.subList(0, 4).forEach(id -> bridge.zoho().delete("Memberships", id));
        RunView run = brake("ending");
        assertThat(held()).isEqualTo(4);

        bridge.operations().deleteSync("ending");

        RunView ended = bridge.end(run.run());
        assertThat(ended.state()).isEqualTo("completed");
        assertThat(ended.message()).isNull();
        assertThat(ended.ignored()).containsEntry("other", 4L);
        assertThat(held()).isZero();
        assertThat(active("ending", "ending")).isEqualTo(6);
        assertThat(bridge.runtime().components().polling().brake().braked()).isEmpty();
    }

    @Test
    @DisplayName("B47: removals held by several runs add up, and a restart loses none")
    void addsUp() {
        List<String> ids = people("Leads", "lead", 30);
        bridge.complete("leads");
        ids.subList(0, 4).forEach(id -> bridge.zoho().delete("Leads", id));
        RunView one = brake("leads");
        ids.subList(4, 6).forEach(id -> bridge.zoho().delete("Leads", id));
        bridge.reopen();
        RunView two = brake("leads");
        assertThat(two.message()).contains("6 people who would leave", "--allow-removals 6");

        RunView done = bridge.end(bridge.operations().allowRemovals("leads", 6).run());

        assertThat(done.run()).isEqualTo(two.run());
        assertThat(done.deleted() + bridge.end(one.run()).deleted()).isEqualTo(6);
        assertThat(active("leads", "lead")).isEqualTo(24);
    }
}
