package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consentbridge.api.OperationFailure;
import io.consentbridge.api.RunView;
import io.consentbridge.api.SyncView;
import io.consentbridge.run.Run;
import io.consentbridge.run.RunRequest;
import io.consentbridge.sandbox.Sandbox;
import io.consentbridge.sync.Admission;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a sync runs: by its schedule, once or again and again, and only while it is active. */
class SyncActivityIT extends SyncCommandsFixture {

    @BeforeAll
    static void open() {
        bridge = Bridge.openWithTriggers(10, files -> files.letters("first", "Leads"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{every: day, at: \"09:00\"} | 2",
                "{every: week, on: monday, at: \"09:00\"} | 8",
                "{every: month, on: 1, at: \"09:00\"} | 32"
            })
    @DisplayName("B17: a sync runs daily, weekly or monthly, at its time in the connection's zone")
    void frequency(String schedule, int withinDays) {
        bridge.files().letters("often", "Leads").sync("often", "Leads", "schedule: " + schedule);
        bridge.reload();

        Instant next = bridge.operations().sync("often").nextRun();

        assertThat(next).isBetween(Instant.now(), Instant.now().plus(Duration.ofDays(withinDays)));
        assertThat(next.atZone(ZoneOffset.UTC).toLocalTime()).isEqualTo(LocalTime.of(9, 0));
        assertThat(hasTrigger("often")).isTrue();
    }

    @Test
    @DisplayName("B40: a sync that imports once does so by its schedule once, and later only by command")
    void once() {
        bridge.files()
                .letters("once", "Leads")
                .sync("once", "Leads", "retrieve: once", "schedule: {every: day, at: \"23:59\"}");
        bridge.reload();
        AtomicReference<String> id = new AtomicReference<>();
        assertThat(due("once", id)).isInstanceOf(Admission.Admitted.class);
        bridge.end(id.get());
        assertThat(bridge.operations().sync("once").nextRun()).isNull();

        assertThat(due("once", id)).isInstanceOf(Admission.Skipped.class);
        String email = bridge.newcomer("Leads", Map.of());
        bridge.complete("once");
        assertThat(bridge.zoho().statuses("once")).containsEntry(email, "active");
    }

    @Test
    @DisplayName("B39, B43: a periodic sync imports, and its next run reads only what is new or modified since")
    void newOrModified() {
        bridge.files().letters("periodic", "Leads").sync("periodic", "Leads", "mapping: {Company Name: Company}");
        bridge.reload();
        String id = bridge.zoho().create("Leads", Bridge.fields("changing@c3.example.com", Map.of("Company", "Old")));
        AtomicReference<String> run = new AtomicReference<>();
        due("periodic", run);
        bridge.end(run.get());
        bridge.zoho().change("Leads", id, Map.of("Company", "New"));
        String email = bridge.newcomer("Leads", Map.of());

        due("periodic", run);
        RunView second = bridge.end(run.get());

        assertThat(second.added()).isEqualTo(1);
        assertThat(second.updated()).isEqualTo(1);
        assertThat(bridge.zoho().statuses("periodic")).containsEntry(email, "active");
    }

    private static Admission due(String sync, AtomicReference<String> run) {
        return bridge.request(new RunRequest(sync, Run.Cause.SCHEDULE, false, Instant.now()), run::set);
    }

    @Test
    @DisplayName(
            "B60, B63: a sync can be created inactive, but not active, once the active limit is reached, by command or by a change")
    void limit() {
        try (Bridge small = Bridge.open(
                10,
                files -> files.set("LIMITS_ACTIVE_SYNCS", "1")
                        .letters("only", "Leads")
                        .purpose("second"))) {
            small.runtime().work();
            assertThatThrownBy(() -> small.operations().createSync("second", source("second", "Leads")))
                    .isInstanceOf(OperationFailure.Refused.class)
                    .hasMessageContaining("1 of 1 syncs of this connection are active (limits.active-syncs)")
                    .hasMessageContaining("Deactivate one first");
            assertThat(small.files().config().resolve("syncs/second.yaml")).doesNotExist();

            assertThat(small.operations()
                            .createSync("second", source("second", "Leads", "state: inactive"))
                            .state())
                    .isEqualTo("inactive");
            assertThatThrownBy(() -> small.operations().editSync("second", source("second", "Leads")))
                    .isInstanceOf(OperationFailure.Refused.class);
            assertThatThrownBy(() -> small.operations().activate("second"))
                    .isInstanceOf(OperationFailure.Refused.class);
            small.operations().deactivate("only");
            assertThat(small.operations().activate("second").state()).isEqualTo("active");
        }
    }

    @Test
    @DisplayName(
            "B58: one of two active files is active where the limit is one, and check and sync show report the other")
    void surplus() {
        try (Bridge small = Bridge.openWithTriggers(
                10,
                files -> files.set("LIMITS_ACTIVE_SYNCS", "1")
                        .letters("a", "Leads")
                        .purpose("b")
                        .sync("b", "Leads", "schedule: {every: day, at: \"23:59\"}"))) {
            SyncView left = small.operations().sync("b");
            assertThat(left.state()).isEqualTo("inactive");
            assertThat(left.nextRun()).isNull();
            assertThat(left.because()).contains("1 of 1 syncs", "Deactivate one first, then activate this one");
            assertThat(small.operations().sync("a").state()).isEqualTo("active");
            assertThat(small.runtime().context().getRoute("schedule-b")).isNull();
            assertThat(small.operations().check().problems())
                    .anyMatch(problem ->
                            problem.text().contains("b.yaml") && problem.text().contains("limits.active-syncs"));
        }
    }

    @Test
    @DisplayName(
            "B85, B86: another credential stops all schedules until each sync is activated; a restart or a new access token does not")
    void credential() {
        try (Bridge changing = Bridge.openWithTriggers(
                10,
                files -> files.letters("x", "Leads")
                        .sync("x", "Leads", "schedule: {every: day, at: \"23:59\"}")
                        .letters("y", "Leads"))) {
            changing.complete("x");
            changing.zoho().revoke(accessToken(changing));
            changing.complete("x");
            changing.reopen();
            assertThat(changing.operations().sync("x").state())
                    .as("after a restart")
                    .isEqualTo("active");

            changing.files().set("ZOHO_MAIN_REFRESH_TOKEN", "another");
            changing.reopen();
            for (String sync : new String[] {"x", "y"}) {
                assertThat(changing.operations().sync(sync).state()).isEqualTo("inactive");
                assertThat(changing.operations().sync(sync).because())
                        .contains("credential of connection main changed");
            }
            assertThat(changing.runtime().context().getRoute("schedule-x")).isNull();
            AtomicReference<String> run = new AtomicReference<>();
            assertThat(changing.request(new RunRequest("x", Run.Cause.SCHEDULE, false, Instant.now()), run::set))
                    .as("a trigger that fires all the same")
                    .isInstanceOf(Admission.Skipped.class);

            changing.files().set("ZOHO_MAIN_REFRESH_TOKEN", Sandbox.REFRESH_TOKEN);
            changing.reopen();
            assertThat(changing.operations().sync("x").state()).isEqualTo("inactive");
            assertThat(changing.operations().activate("x").nextRun()).isNotNull();
            assertThat(changing.runtime().context().getRoute("schedule-x")).isNotNull();
            assertThat(changing.operations().sync("y").state()).isEqualTo("inactive");
            changing.complete("x");
            changing.complete("y");
        }
    }

    private static String accessToken(Bridge bridge) {
        return bridge.runtime()
                .components()
                .access()
                .tokens()
                .token(bridge.runtime().configuration().settings().connections().get("main"), null)
                .value();
    }
}
