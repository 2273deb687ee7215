package io.consentbridge.endtoend;

import static io.consentbridge.endtoend.EditedRoutesIT.body;
import static io.consentbridge.endtoend.EditedRoutesIT.onList;
import static io.consentbridge.endtoend.EditedRoutesIT.stale;
import static io.consentbridge.endtoend.EditedRoutesIT.variable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.consentbridge.api.RunView;
import io.consentbridge.endtoend.EditedRoutesIT.Edit;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Deliveries and runs that an edit of a route takes away from the steps that end them: they end all the same, and at once. */
class EditedDeliveriesIT extends BridgeFixture {

    private static int lists;

    private String list;

    @BeforeAll
    static void open() {
        bridge = Bridge.open(10, files -> files.letters("control", "Leads"));
    }

    @AfterEach
    void asTheyShip() {
        EditedRoutesIT.undo();
    }

    /** A run with the edit; over within seconds, where a lease would take minutes. */
    private RunView run(Edit edit) {
        list = "edited-" + ++lists;
        bridge.files().letters(list, "Leads");
        EditedRoutesIT.apply(edit);
        return ended(bridge.begin(list));
    }

    private static RunView ended(String run) {
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(bridge.operations().run(run))
                        .matches(RunView::over)
                        .matches(view -> view.pending() == 0));
        return bridge.operations().run(run);
    }

    private void undone() {
        EditedRoutesIT.undo();
        EditedRoutesIT.letGo(list);
        bridge.runInFull(list);
        bridge.complete("control");
        assertThat(onList(list)).isNotEmpty().isEqualTo(onList("control"));
    }

    static Edit[] beforeTheyAreMade() {
        return new Edit[] {
            Edit.before("prepare-call", body("nobody")), Edit.before("each-delivery", "stop: {}"),
        };
    }

    static Edit[] alsoBeforeTheyAreMade() {
        return new Edit[] {
            Edit.before("each-delivery", body("nobody")), Edit.before("prepare-call", "stop: {}"),
        };
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("beforeTheyAreMade")
    @DisplayName("Deliveries that an edit loses before their calls are parked and say so; nobody is mailed")
    void parked(Edit edit) {
        isParked(edit);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("alsoBeforeTheyAreMade")
    @Tag("long")
    @DisplayName("Deliveries that an edit loses before their calls are parked, whichever step loses them")
    void parkedToo(Edit edit) {
        isParked(edit);
    }

    private void isParked(Edit edit) {
        RunView run = run(edit);
        assertThat(run.deadLettered()).as("%s", run).isPositive().isEqualTo(run.total() - run.ignoredTotal());
        assertThat(bridge.deadLetters(list))
                .allSatisfy(letter -> assertThat(letter.cause()).contains("a route was edited"));
        assertThat(onList(list)).isEmpty();
        undone();
    }

    static Edit[] afterTheyAreMade() {
        return new Edit[] {
            Edit.before("settle-batch", body("nothing")),
            Edit.after(
                    "each-delivery", "throwException: {exceptionType: java.lang.IllegalStateException, message: ours}"),
        };
    }

    static Edit[] alsoAfterTheyAreMade() {
        return new Edit[] {
            Edit.before("settle-batch", "stop: {}"), Edit.before("settle-batch", stale("settled")),
        };
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("afterTheyAreMade")
    @DisplayName("Completed deliveries are settled by Campaigns' reply, even if an edit loses them")
    void settled(Edit edit) {
        isSettled(edit);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("alsoAfterTheyAreMade")
    @Tag("long")
    @DisplayName("Completed deliveries are settled by Campaigns' reply, for every kind of edit that loses them")
    void settledToo(Edit edit) {
        isSettled(edit);
    }

    private void isSettled(Edit edit) {
        RunView run = run(edit);

        assertThat(run.deadLettered()).as("%s", run).isZero();
        assertThat(run.added()).isPositive();
        assertThat(onList(list)).hasSize((int) run.added());
        undone();
    }

    @Test
    @DisplayName("A failing step before the calls is retried with pauses, and finally parks the deliveries")
    void failingStep() {
        RunView run = run(Edit.before(
                "each-delivery", "throwException: {exceptionType: java.lang.IllegalStateException, message: ours}"));

        assertThat(run.deadLettered()).as("%s", run).isPositive().isEqualTo(run.total() - run.ignoredTotal());
        assertThat(bridge.deadLetters(list))
                .allSatisfy(letter -> assertThat(letter.cause())
                        .contains("IllegalStateException")
                        .doesNotContain("ours"));
        undone();
    }

    @Test
    @DisplayName("An expression cannot empty a batch: that step fails, and its deliveries are finally parked")
    void emptied() {
        RunView run = run(Edit.before(
                "each-delivery", "setVariable: {name: own, expression: {simple: {expression: \"${body.clear}\"}}}"));

        assertThat(run.deadLettered()).as("%s", run).isPositive().isEqualTo(run.total() - run.ignoredTotal());
        undone();
    }

    @Test
    @DisplayName("A reply to one call that an edit substitutes for another's is refused")
    void anotherReply() {
        RunView run = run(Edit.after("subscribe-contact-reply", stale("reply" + lists)));
        bridge.zoho().create("Leads", Bridge.fields("later" + lists + "@c1.example.com", Map.of()));
        RunView next = ended(bridge.begin(list));

        assertThat(run.added()).isPositive();
        assertThat(next.deadLettered()).as("%s", next).isEqualTo(1);
        undone();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bind", "read-pages", "end-reading"})
    @DisplayName("A run whose variable is replaced fails at once and says that a route was edited")
    void runReplaced(String step) {
        failsReplaced(step);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bind-list", "look-for-opt-outs", "commit-opt-outs"})
    @Tag("long")
    @DisplayName("A run whose variable is replaced fails at once, at whichever step")
    void runReplacedElsewhere(String step) {
        failsReplaced(step);
    }

    private void failsReplaced(String step) {
        RunView run = run(Edit.before(step, variable("run", "another")));

        assertThat(run.state()).isEqualTo("failed");
        assertThat(run.message()).contains("a route was edited").doesNotContain("@");
        if (!step.equals("end-reading")) {
            assertThat(onList(list)).isEmpty();
        }
        undone();
    }

    @Test
    @DisplayName("A run that an edit admits twice fails at once, and does not keep the next one waiting")
    void admittedTwice() {
        list = "edited-" + ++lists;
        bridge.files().letters(list, "Leads");
        EditedRoutesIT.apply(Edit.after("admit", "bean: {ref: runAdmission, method: admit}"));

        assertThatThrownBy(() -> bridge.begin(list)).hasMessageContaining("a run is admitted twice");

        assertThat(bridge.runtime().components().history().queries().open()).isEmpty();
        undone();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "look-for-deletions",
                "look-for-lost-consent",
                "look-for-refusing",
                "look-for-opt-outs",
                "read-who-left"
            })
    @DisplayName("A run that skips a required reading fails and names it; the next one reads it")
    void leavesOut(String step) {
        StepEdit edit = new StepEdit("run", step, "nothing");
        list = "edited-" + ++lists;
        bridge.files().letters(list, "Leads").write("routes/run.camel.yaml", edit.yaml());
        bridge.reload();

        RunView run = ended(bridge.begin(list));

        assertThat(run.state()).isEqualTo("failed");
        assertThat(run.message()).contains("a route was edited so that a run does not read");
        undone();
    }
}
