package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.consentbridge.api.OperationFailure;
import io.consentbridge.api.PreviewLine;
import io.consentbridge.api.PreviewView;
import io.consentbridge.api.RunView;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.TestDatabase;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;

/** A preview says what the run that follows does, and leaves no trace. */
@EveryEngine
class PreviewIT extends EveryEngineFixture {

    /** Of the methods that a run may call, those that change nothing. */
    private static final Set<String> READING = Set.of(
            "getmailinglists",
            "getlistsubscribers",
            "listsubscriberscount",
            "topics",
            "contact/allfields",
            "POST coql");

    @BeforeParameterizedClassInvocation
    static void open(TestDatabase engine) {
        bridge = Bridge.open(
                60,
                files -> files.on(engine)
                        .samples()
                        .letters("seen", "Leads")
                        .letters("fields", "Contacts")
                        .sync("fields", "Contacts", "mapping: {Company Name: Department}", "updateEmptyValues: true")
                        .letters("gone", "Memberships")
                        .letters("newfield", "Leads")
                        .sync("newfield", "Leads", "mapping: {Shoe Size: Designation}", "createFields: true")
                        .letters("busy", "Memberships")
                        .letters("own", "Contacts"));
    }

    private static Set<String> changingCalls() {
        Set<String> changing = new HashSet<>();
        bridge.zoho().state().path("calls").fieldNames().forEachRemaining(method -> {
            if (!READING.contains(method)
                    && !method.startsWith("GET ")
                    && !method.contains("coql")
                    && !method.contains("token")) {
                changing.add(method);
            }
        });
        return changing;
    }

    /** But for those whom Campaigns refuses when they are sent to it: nobody can know before. */
    private static void agrees(PreviewView.Totals foreseen, RunView run) {
        Map<String, Long> refused = new TreeMap<>(run.ignored());
        foreseen.ignored().forEach((reason, count) -> refused.merge(reason, -count, Long::sum));
        refused.values().removeIf(count -> count == 0);
        assertThat(Set.of("do-not-mail", "blocked", "bounced", "invalid-pattern", "group-email"))
                .containsAll(refused.keySet());
        assertThat(refused.values()).allMatch(count -> count > 0);
        long toSend = foreseen.added() + foreseen.readded() + foreseen.duplicate();
        long sent = run.added() + run.readded() + run.duplicate();
        assertThat(toSend - sent)
                .isEqualTo(refused.values().stream().mapToLong(Long::longValue).sum());
        assertThat(List.of(foreseen.total(), foreseen.updated(), foreseen.deleted()))
                .isEqualTo(List.of(run.total(), run.updated(), run.deleted()));
        if (refused.isEmpty()) {
            assertThat(List.of(foreseen.added(), foreseen.readded())).isEqualTo(List.of(run.added(), run.readded()));
        }
    }

    @Test
    @DisplayName(
            "A preview of every sample sync makes only reading calls, changes no table, and counts what the run counts, except Campaigns' refusals")
    void totals() {
        for (String sync :
                List.of("newsletter-leads", "newsletter-contacts", "customer-contacts", "event-leads", "members")) {
            bridge.zoho().forgetCalls();
            Map<String, List<String>> before = tables();

            Bridge.Previewed preview = bridge.preview(sync, false);

            assertThat(changingCalls()).isEmpty();
            assertThat(tables()).isEqualTo(before);
            RunView run = bridge.complete(sync);
            assertThat(run.total()).isPositive();
            agrees(preview.view().totals(), run);
            assertThat(bridge.operations().history(sync, 100)).hasSize(1);
        }
    }

    @Test
    @DisplayName("B43: after changes a preview shows exactly those, and a full one what a full run counts")
    void second() {
        String id = bridge.zoho().create("Leads", Bridge.fields("changing@pv.example.com", Map.of()));
        bridge.complete("seen");
        bridge.zoho().change("Leads", id, Map.of("First_Name", "Ada"));

        Bridge.Previewed full = bridge.preview("seen", true);
        Bridge.Previewed preview = bridge.preview("seen", false);

        assertThat(preview.lines()).singleElement().satisfies(line -> {
            assertThat(line.person()).isEqualTo("changing@pv.example.com");
            assertThat(line.outcome()).isEqualTo("duplicate");
            assertThat(line.action()).isEqualTo("subscribe");
            assertThat(line.fields())
                    .contains(new PreviewLine.Field("First Name", null, "Ada", true))
                    .contains(new PreviewLine.Field("Last Name", "Doe", "Doe", false));
        });
        assertThat(full.view().unchanged()).isPositive();
        assertThat(full.lines().stream().filter(line -> line.action() != null)).hasSize(1);
        agrees(preview.view().totals(), bridge.complete("seen"));
        RunView run = bridge.runInFull("seen");
        assertThat(run.total()).isEqualTo(full.view().totals().total());
    }

    @Test
    @DisplayName("B115: a value that was erased in the CRM is shown as erased, with its former content")
    void erased() {
        String id =
                bridge.zoho().create("Contacts", Bridge.fields("erased@pv.example.com", Map.of("Department", "Sales")));
        bridge.complete("fields");
        Map<String, Object> nothing = new java.util.HashMap<>();
        nothing.put("Department", null);
        bridge.zoho().change("Contacts", id, nothing);

        Bridge.Previewed preview = bridge.preview("fields", false);

        assertThat(preview.lines())
                .singleElement()
                .satisfies(line ->
                        assertThat(line.fields()).contains(new PreviewLine.Field("Company Name", "Sales", "", true)));
        assertThat(bridge.zoho().members("fields").toString()).contains("Sales");
    }

    @Test
    @DisplayName("B47, B51: people that a run removes are shown with the reason, and stay during the preview")
    void leavers() {
        List<String> ids = bridge.zoho().crowd(3, "leaving");
        bridge.complete("gone");
        bridge.zoho().delete("Memberships", ids.get(0));
        bridge.zoho().change("Memberships", ids.get(1), Map.of("Email_Opt_Out", true));

        Bridge.Previewed preview = bridge.preview("gone", false);

        assertThat(preview.lines())
                .filteredOn(line -> "unsubscribe".equals(line.action()))
                .extracting(PreviewLine::person, PreviewLine::outcome, PreviewLine::ignored)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("leaving0@c2.example.com", "deleted", null),
                        org.assertj.core.groups.Tuple.tuple("leaving1@c2.example.com", "ignored", "opted-out"));
        assertThat(bridge.zoho().statuses("gone")).containsEntry("leaving1@c2.example.com", "active");
        agrees(preview.view().totals(), bridge.complete("gone"));
    }

    @Test
    @DisplayName("B7, B36: a preview names what a run creates in Campaigns, and does not create it")
    void creates() {
        bridge.zoho().forgetCalls();

        Bridge.Previewed preview = bridge.preview("newfield", false);

        assertThat(preview.view().createsList()).isEqualTo("newfield");
        assertThat(preview.view().createsFields()).containsExactly("Shoe Size");
        assertThat(changingCalls()).isEmpty();
    }

    @Test
    @DisplayName("A preview refuses an edited route as a run does, and starts nothing by itself")
    void ownSteps() {
        String routes = bridge.files().read("routes/route-by-consent.camel.yaml");
        String own = routes.replace(
                "        - choice:\n",
                String.join(
                        "\n",
                        List.of(
                                "        - setVariable:",
                                "            name: decision",
                                "            expression:",
                                "              simple:",
                                "                expression: withhold",
                                "        - choice:",
                                "")));
        assertThat(own).isNotEqualTo(routes);
        Path seen = bridge.files().folder().resolve("seen");
        try {
            bridge.files().write("routes/route-by-consent.camel.yaml", own);
            bridge.files().write("routes/own.camel.yaml", """
                    - route:
                        id: own-timer
                        from:
                          uri: timer
                          parameters:
                            timerName: own
                            repeatCount: 1
                            delay: 1
                          steps:
                            - setBody:
                                constant: begun
                            - to:
                                uri: file
                                parameters:
                                  directoryName: %s
                                  fileName: ${camelId}
                    """.formatted(seen));
            bridge.reload();

            assertThatThrownBy(() -> bridge.preview("own", false))
                    .hasMessageContaining("a route was edited")
                    .hasMessageContaining("consentSteps.leaveOut");

            assertThat(seen).as("what a timer would write").doesNotExist();
        } finally {
            bridge.files().write("routes/route-by-consent.camel.yaml", routes);
            bridge.files().write("routes/own.camel.yaml", "[]\n");
            bridge.reload();
        }
    }

    @Test
    @DisplayName("A preview is refused and says so while a run of the sync reads; an abandoned preview leaves no files")
    void refused() throws Exception {
        Set<Path> before = folders();
        bridge.runtime().database().change(handle -> handle.execute("""
                insert into run (id, sync, connection, cause, full_read, due_at, state, node, started_at)
                values ('busy', 'busy', 'main', 'command', false, ?, 'reading', 'n', ?)
                """, Instant.now(), Instant.now()));
        try {
            assertThatThrownBy(() -> bridge.operations().startPreview("busy", false))
                    .isInstanceOf(OperationFailure.Refused.class)
                    .hasMessageContaining("run busy is reading");
        } finally {
            bridge.runtime().database().change(handle -> handle.execute("delete from run where id = 'busy'"));
        }
        bridge.preview("busy", false);
        await().untilAsserted(() -> assertThat(folders())
                .filteredOn(folder -> !before.contains(folder) && !isAnotherProcess(folder))
                .as("folders that are left")
                .isEmpty());
        assertThatThrownBy(() -> bridge.operations().preview("nobody"))
                .isInstanceOf(OperationFailure.UnknownName.class);
    }

    @Test
    @DisplayName("The next preview removes the copy that a killed one left")
    void killed() throws Exception {
        Path left = Files.createTempDirectory("consentbridge-scratch-");
        Files.createFile(left.resolve("in-use"));
        Files.writeString(left.resolve("scratch.db"), "people");
        bridge.letters("killed", "Leads");

        bridge.preview("killed", false);

        assertThat(left).doesNotExist();
    }

    /** Tests in other processes make previews at the same time. */
    private static boolean isAnotherProcess(Path folder) {
        try (FileChannel file = FileChannel.open(folder.resolve("in-use"), StandardOpenOption.WRITE);
                FileLock lock = file.tryLock()) {
            return lock == null;
        } catch (OverlappingFileLockException ours) {
            return false;
        } catch (IOException notMadeOrGone) {
            return true;
        }
    }

    private static Set<Path> folders() throws Exception {
        try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return new HashSet<>(
                    all.filter(path -> path.getFileName().toString().startsWith("consentbridge-scratch-"))
                            .toList());
        }
    }
}
