package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.consentbridge.api.OperationFailure;
import io.consentbridge.api.RunView;
import io.consentbridge.api.SyncDeleted;
import io.consentbridge.api.SyncSource;
import io.consentbridge.api.SyncView;
import io.consentbridge.store.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The life of a sync, by command: made, changed, deleted. */
class SyncLifecycleIT extends SyncCommandsFixture {

    /** Of a custom view a page holds 200 records. */
    private static final String BY_VIEW = "select: {scope: view, view: All Memberships}";

    private static final int THREE_PAGES = 450;

    private static Path leftByAPreview;

    @BeforeAll
    static void open() throws IOException {
        leftByAPreview = Files.createTempDirectory("consentbridge-scratch-");
        Files.createFile(leftByAPreview.resolve("in-use"));
        bridge = Bridge.openWithTriggers(10, files -> files.letters("first", "Leads"));
    }

    @Test
    @DisplayName("A start removes the copy that a killed preview left")
    void removesWhatAPreviewLeft() {
        await().untilAsserted(() -> assertThat(leftByAPreview).doesNotExist());
    }

    /** The first page of a view comes at once. */
    private static void laterPagesAreSlow() {
        bridge.zoho()
                .fault(Map.of(
                        "method",
                        "GET /crm/v8/Memberships",
                        "kind",
                        "delay",
                        "delayMillis",
                        1_500,
                        "skip",
                        1,
                        "times",
                        0));
    }

    private static Path file(String sync) {
        return bridge.files().folder().resolve("config/syncs/" + sync + ".yaml");
    }

    @Test
    @DisplayName("B18, B41, B64: a sync that is created by command is a file like any other, and active at once")
    void create() throws Exception {
        bridge.files().purpose("made");
        bridge.reload();
        SyncSource source = source("made", "Leads", "schedule: {every: week, on: monday, at: \"09:00\"}");

        SyncView made = bridge.operations().createSync("made", source);

        assertThat(made.state()).isEqualTo("active");
        assertThat(made.schedule()).isEqualTo("every week on Monday at 09:00, UTC");
        assertThat(made.nextRun()).isNotNull();
        assertThat(Files.readString(file("made"))).isEqualTo(source.text());
        assertThat(hasTrigger("made")).isTrue();
        String email = bridge.newcomer("Leads", Map.of());
        bridge.complete("made");
        assertThat(bridge.zoho().statuses("made")).containsEntry(email, "active");
        assertThatThrownBy(() -> bridge.operations().createSync("made", source))
                .isInstanceOf(OperationFailure.Refused.class)
                .hasMessageContaining("already exists")
                .hasMessageContaining("sync edit");
    }

    @Test
    @DisplayName("B64: a broken text is refused by file and line, and nothing is written or changed")
    void broken() {
        assertThatThrownBy(() -> bridge.operations()
                        .createSync("wrong", source("wrong", "Leads", "retrieve: sometimes", "colour: red")))
                .isInstanceOfSatisfying(
                        OperationFailure.Misconfigured.class,
                        wrong -> assertThat(wrong.getMessage())
                                .contains("mine.yaml:5: there is no purpose wrong")
                                .contains("mine.yaml:6: retrieve is \"sometimes\"")
                                .contains("mine.yaml:7: unknown key \"colour\""));
        assertThat(file("wrong")).doesNotExist();
        String before = bridge.files().read("config/syncs/first.yaml");
        assertThatThrownBy(() -> bridge.operations().editSync("first", source("other", "Leads")))
                .isInstanceOf(OperationFailure.Misconfigured.class)
                .hasMessageContaining("mine.yaml:2: name is other, not first. Write name: first");
        assertThat(bridge.files().read("config/syncs/first.yaml")).isEqualTo(before);
        assertThatThrownBy(() -> bridge.operations().createSync("../evil", source("../evil", "Leads")))
                .isInstanceOf(OperationFailure.Refused.class);
        assertThatThrownBy(() -> bridge.operations().editSync("frist", source("frist", "Leads")))
                .isInstanceOf(OperationFailure.UnknownName.class);
        bridge.complete("first");
    }

    @Test
    @DisplayName(
            "B64, B65: a sync that is changed while it runs continues with the old text, and its next run uses the new one")
    void editWhileRunning() {
        bridge.files().purpose("edited").sync("edited", "Memberships", BY_VIEW);
        bridge.zoho().crowd(THREE_PAGES, "edited");
        bridge.reload();
        laterPagesAreSlow();
        String id = bridge.begin("edited");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> bridge.operations().run(id).total() > 0);

        SyncView changed = bridge.operations()
                .editSync("edited", source("edited", "Memberships", "mapping:", "  Company Name: Name"));
        assertThat(changed.settings().mapping()).containsEntry("Company Name", "Name");
        assertThat(bridge.operations().run(id).state()).isEqualTo("reading");
        bridge.zoho().noFaults();
        assertThat(bridge.end(id).state()).isEqualTo("completed");
        assertThat(bridge.zoho().callsOf(SUBSCRIBE))
                .filteredOn(call -> call.toString().contains("edited"))
                .noneMatch(call -> call.toString().contains("Company Name"));

        RunView all = bridge.runInFull("edited");
        assertThat(all.updated()).as("B66: all data").isGreaterThanOrEqualTo(THREE_PAGES);
    }

    @Test
    @DisplayName("B69: a run keeps the name of its list, even if its sync changes to another list later")
    void listOfRun() {
        bridge.letters("moving", "Leads");
        String before = bridge.complete("moving").run();
        bridge.files().purpose("moving", "list: moved");
        bridge.reload();
        String after = bridge.complete("moving").run();

        assertThat(bridge.operations().run(before).list()).isEqualTo("moving");
        assertThat(bridge.operations().run(after).list()).isEqualTo("moved");
    }

    @Test
    @DisplayName(
            "B65: a changed or removed schedule applies at once; B66: initiating over all data reads everything again")
    void editSchedule() {
        bridge.files().letters("timed", "Leads");
        bridge.reload();
        assertThat(hasTrigger("timed")).isFalse();

        bridge.operations()
                .editSync("timed", source("timed", "Leads", "schedule: {every: month, on: last, at: \"23:00\"}"));
        assertThat(hasTrigger("timed")).isTrue();
        assertThat(bridge.operations().sync("timed").schedule()).isEqualTo("every month on the last day at 23:00, UTC");

        bridge.operations().editSync("timed", source("timed", "Leads"));
        assertThat(hasTrigger("timed")).isFalse();
        RunView first = bridge.complete("timed");
        RunView second = bridge.complete("timed");
        assertThat(second.added() + second.updated()).isZero();
        assertThat(second.total())
                .as("but for records of a second that was not over")
                .isLessThan(first.total());
        RunView again = bridge.runInFull("timed");
        assertThat(again.total()).isEqualTo(first.total());
        assertThat(again.full()).isTrue();
    }

    @Test
    @DisplayName(
            "B64: the subscriptions of a deleted sync are withdrawn, its removals are carried out, its history stays, and a new sync of its name starts from the beginning")
    void delete() {
        bridge.files().letters("dying", "Memberships").sync("sharing", "Memberships", "purpose: dying");
        String leaver = bridge.zoho().create("Memberships", Map.of("Name", "L", "Email", "leaver@c3.example.com"));
        bridge.reload();
        bridge.complete("dying");
        bridge.complete("sharing");
        bridge.zoho().create("Memberships", Map.of("Name", "W", "Email", "waiting@c3.example.com"));
        bridge.zoho().delete("Memberships", leaver);
        bridge.runtime()
                .components()
                .outbox()
                .backoff()
                .beginUntil("main", Instant.now().plusSeconds(600), "a test holds everything");
        String sharing = bridge.begin("sharing");
        awaitRead(sharing);
        String dying = bridge.begin("dying");
        awaitRead(dying);

        SyncDeleted gone = bridge.operations().deleteSync("dying");

        assertThat(gone.withdrawn()).isEqualTo(1);
        assertThat(file("dying")).doesNotExist();
        assertThatThrownBy(() -> bridge.operations().sync("dying")).isInstanceOf(OperationFailure.UnknownName.class);
        bridge.runtime().components().outbox().backoff().succeeded("main");
        RunView ended = bridge.end(dying);
        assertThat(ended.state()).isEqualTo("completed");
        assertThat(ended.ignored()).containsEntry("other", 1L);
        assertThat(bridge.operations().history("dying", 100))
                .as("also by its name")
                .extracting(RunView::run)
                .contains(dying);
        assertThatThrownBy(() -> bridge.operations().history("never-was", 100))
                .isInstanceOf(OperationFailure.UnknownName.class);
        assertThat(bridge.operations().history(null, 100))
                .extracting(RunView::run)
                .contains(dying);
        bridge.end(sharing);
        assertThat(bridge.zoho().statuses("dying"))
                .containsEntry("leaver@c3.example.com", "unsub")
                .doesNotContainKey("waiting@c3.example.com");

        bridge.complete("sharing");
        assertThat(bridge.zoho().statuses("dying"))
                .as("the sync whose request had given way")
                .containsEntry("waiting@c3.example.com", "active");
        long all = bridge.operations()
                .createSync("dying", source("dying", "Memberships"))
                .waiting();
        assertThat(all).isZero();
        assertThat(bridge.complete("dying").total()).isPositive();
    }

    @Test
    @DisplayName(
            "B64: a sync whose file was removed while nothing ran subscribes nobody after the next start; leavers leave, and a restored file loses nobody")
    void removedMeanwhile() throws Exception {
        assumeFalse(TestDatabase.usual().shared(), "another process may have the file");
        bridge.files().letters("missing", "Memberships").sync("staying", "Memberships", "purpose: missing");
        String leaver = bridge.zoho().create("Memberships", Map.of("Name", "L", "Email", "leaves@c3.example.com"));
        bridge.reload();
        bridge.complete("missing");
        bridge.complete("staying");
        bridge.zoho().create("Memberships", Map.of("Name", "W", "Email", "waits@c3.example.com"));
        bridge.zoho().delete("Memberships", leaver);
        bridge.runtime()
                .components()
                .outbox()
                .backoff()
                .beginUntil("main", Instant.now().plusSeconds(600), "a test holds everything");
        awaitRead(bridge.begin("staying"));
        String run = bridge.begin("missing");
        awaitRead(run);
        String text = Files.readString(file("missing"));

        Files.delete(file("missing"));
        bridge.reopen();
        assertThat(bridge.runtime().components().outbox().backoff().current("main"))
                .as("the hold outlives the process")
                .isPresent();
        bridge.runtime().components().outbox().backoff().succeeded("main");

        RunView ended = bridge.end(run);
        assertThat(ended.state()).isEqualTo("completed");
        assertThat(ended.ignored()).containsEntry("other", 1L);
        assertThat(bridge.zoho().statuses("missing"))
                .containsEntry("leaves@c3.example.com", "unsub")
                .doesNotContainKey("waits@c3.example.com");
        bridge.files().write("config/syncs/missing.yaml", text);
        bridge.reopen();
        bridge.complete("missing");
        assertThat(bridge.zoho().statuses("missing")).containsEntry("waits@c3.example.com", "active");
        assertThat(bridge.complete("staying").total())
                .as("whose request had given way")
                .isPositive();
    }

    private static void awaitRead(String run) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> !bridge.operations().run(run).state().equals("reading"));
    }

    @Test
    @DisplayName(
            "B64: a sync that is deleted during its reading stops at the next page, and removing its file does the same")
    void deleteWhileReading() throws Exception {
        bridge.files().purpose("cut").sync("cut", "Memberships", BY_VIEW);
        bridge.zoho().crowd(THREE_PAGES, "cut");
        bridge.reload();
        laterPagesAreSlow();
        String id = bridge.begin("cut");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> bridge.operations().run(id).total() > 0);

        Files.delete(file("cut"));
        bridge.reload();
        bridge.zoho().noFaults();

        RunView run = bridge.end(id);
        assertThat(run.state()).isEqualTo("failed");
        assertThat(run.message()).contains("the sync was deleted while the run was reading");
        assertThat(run.total()).isLessThan(THREE_PAGES);
    }
}
