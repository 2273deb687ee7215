package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.consentbridge.api.OperationFailure;
import io.consentbridge.api.QuotaView;
import io.consentbridge.api.RunView;
import io.consentbridge.config.Configuration;
import io.consentbridge.run.Run;
import io.consentbridge.run.RunRequest;
import io.consentbridge.runtime.NextRuns;
import io.consentbridge.store.Earlier;
import io.consentbridge.sync.Admission;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Ruling 1: no limit holds back opt-outs and deletions. */
class LeaversIT {

    private Bridge bridge;
    private String optingOut;
    private String deleted;
    private String elsewhere;
    private String staying;

    @BeforeEach
    void open() {
        bridge = Bridge.openWithTriggers(
                10, files -> files.letters("news", "Leads").set("LIMITS_RUNS_PER_DAY", "1"));
        optingOut = "out@c1.example.com";
        deleted = "gone@c1.example.com";
        elsewhere = "elsewhere@c1.example.com";
        staying = "staying@c1.example.com";
        String out = bridge.zoho().create("Leads", Bridge.fields(optingOut, Map.of()));
        String gone = bridge.zoho().create("Leads", Bridge.fields(deleted, Map.of()));
        bridge.zoho().create("Leads", Bridge.fields(elsewhere, Map.of()));
        bridge.zoho().create("Leads", Bridge.fields(staying, Map.of("Company", "Old")));
        bridge.complete("news");
        bridge.zoho().change("Leads", out, Map.of("Email_Opt_Out", true));
        bridge.zoho().delete("Leads", gone);
        bridge.zoho().create("Contacts", Bridge.fields(elsewhere, Map.of("Email_Opt_Out", true)));
        bridge.zoho().create("Leads", Bridge.fields("new@c1.example.com", Map.of()));
    }

    @AfterEach
    void close() {
        bridge.close();
    }

    private void onlyLeaversWent(RunView run, String state) {
        assertThat(run.state()).isEqualTo(state);
        assertThat(run.message()).contains("1 of 1 runs of this connection are used today");
        assertThat(run.total()).isEqualTo(3);
        assertThat(run.deleted()).isEqualTo(1);
        assertThat(run.ignored()).containsEntry("opted-out", 2L);
        assertThat(bridge.zoho().statuses("news"))
                .containsEntry(optingOut, "unsub")
                .containsEntry(deleted, "unsub")
                .containsEntry(elsewhere, "unsub")
                .containsEntry(staying, "active")
                .doesNotContainKey("new@c1.example.com");
        assertThat(bridge.operations().quota().connections().get(0).runs())
                .filteredOn(limit -> limit.rule().equals("runs-per-day"))
                .allMatch(limit -> limit.used() == 1);
    }

    @Test
    @DisplayName("B62: a deferred run carries out deletions and opt-outs only, and starts later by itself")
    void deferred() {
        AtomicReference<String> id = new AtomicReference<>();
        Admission admission = bridge.request(new RunRequest("news", Run.Cause.SCHEDULE, false, Instant.now()), id::set);

        assertThat(admission).isInstanceOf(Admission.Deferred.class);
        onlyLeaversWent(bridge.end(id.get()), "deferred");

        QuotaView.NextRun next =
                bridge.operations().quota().connections().get(0).next().get(0);
        assertThat(next.at())
                .isBetween(
                        Instant.now().plus(Duration.ofHours(23)), Instant.now().plus(Duration.ofHours(24)));
        assertThat(next.because()).startsWith("1 of 1 runs of this connection are used today");
        assertThat(bridge.operations().sync("news").nextRun()).isEqualTo(next.at());

        // A day passes.
        bridge.runtime().database().change(handle -> {
            Earlier.by(handle, Duration.ofDays(1), "run", "started_at");
            handle.execute("update run set due_again = started_at where due_again is not null");
        });
        await().atMost(Duration.ofSeconds(60))
                .until(() ->
                        bridge.operations().history("news", 1).get(0).state().equals("completed"));
        assertThat(bridge.zoho().statuses("news"))
                .containsEntry("new@c1.example.com", "active")
                .containsEntry(optingOut, "unsub");
    }

    @Test
    @DisplayName(
            "B62: when the day's runs are used, a run that is due today is shown for tomorrow, and one of next year unchanged")
    void shownForTomorrow() {
        bridge.files()
                .sync("news", "Leads", "schedule: {every: day, at: \"23:59\"}")
                .letters("later", "Leads")
                .sync("later", "Leads", "schedule: {cron: \"0 0 9 1 1 ? 2099\"}")
                .letters("idle", "Leads")
                .sync("idle", "Leads", "schedule: {every: day, at: \"23:59\"}", "state: inactive");
        bridge.reload();
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        Instant noon = today.atTime(12, 0).toInstant(ZoneOffset.UTC);
        Configuration configuration = bridge.runtime().configuration();
        NextRuns next = new NextRuns(
                configuration,
                bridge.runtime().components().lifecycle(),
                bridge.runtime().components().history().queries(),
                () -> noon);

        NextRuns.NextRun news = next.of(configuration.syncs().get("news")).orElseThrow();
        assertThat(news.at()).isEqualTo(today.plusDays(1).atTime(23, 59).toInstant(ZoneOffset.UTC));
        assertThat(news.because().orElseThrow()).startsWith("1 of 1 runs of this connection are used today");
        assertThat(next.of(configuration.syncs().get("later")))
                .contains(new NextRuns.NextRun(Instant.parse("2099-01-01T09:00:00Z"), Optional.empty()));
        assertThat(next.of(configuration.syncs().get("idle"))).isEmpty();
    }

    @Test
    @DisplayName("B57: a run that is refused by command still carries out deletions and opt-outs")
    void refused() {
        assertThatThrownBy(() -> bridge.begin("news"))
                .isInstanceOf(OperationFailure.Refused.class)
                .hasMessageContaining("limits.runs-per-day");

        onlyLeaversWent(bridge.end(bridge.operations().history("news", 1).get(0).run()), "refused");
    }
}
