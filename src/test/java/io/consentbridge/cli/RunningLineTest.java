package io.consentbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.api.SyncView;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The line that start prints. */
class RunningLineTest {

    /** Half past six in Berlin, half past midnight in New York. */
    private static final Instant NOW = Instant.parse("2026-03-02T05:30:00Z");

    private static SyncView sync(String zone, String nextRun) {
        return sync("active", zone, nextRun);
    }

    private static SyncView sync(String state, String zone, String nextRun) {
        return new SyncView(
                "any",
                state,
                null,
                "main",
                "Leads",
                "news",
                null,
                nextRun == null ? null : Instant.parse(nextRun),
                List.of(),
                zone,
                null,
                0,
                List.of(),
                0,
                List.of(),
                null,
                null,
                null,
                null);
    }

    private static String line(SyncView... syncs) {
        return new RunningLine(Optional.of(List.of(syncs)), Optional.empty(), NOW).text();
    }

    @Test
    @DisplayName("B17: start says how many syncs are active and when the next run is")
    void nextRun() {
        assertThat(line(
                        sync("Europe/Berlin", "2026-03-02T07:00:00Z"),
                        sync("Europe/Berlin", "2026-03-02T06:00:00Z"),
                        sync("inactive", "Europe/Berlin", null)))
                .isEqualTo("ConsentBridge is running: 2 active syncs, next run 07:00 (Europe/Berlin)."
                        + " Stop with Ctrl-C.");
    }

    @Test
    @DisplayName("start says where the API listens")
    void api() {
        String line = new RunningLine(
                        Optional.of(List.of(sync("UTC", "2026-03-02T06:00:00Z"))),
                        Optional.of("http://127.0.0.1:8080"),
                        NOW)
                .text();

        assertThat(line)
                .isEqualTo("ConsentBridge is running: 1 active sync, next run 06:00 (UTC)."
                        + " API at http://127.0.0.1:8080. Stop with Ctrl-C.");
    }

    @Test
    @DisplayName("B17: a next run on another day is shown with its date")
    void anotherDay() {
        assertThat(line(sync("Europe/Berlin", "2026-03-03T06:00:00Z")))
                .contains("next run 2026-03-03 07:00 (Europe/Berlin).");
        assertThat(line(sync("Europe/Berlin", "2026-03-02T23:15:00Z")))
                .as("tomorrow in Berlin, today in UTC")
                .contains("next run 2026-03-03 00:15 (Europe/Berlin).");
    }

    @Test
    @DisplayName("B17: the earliest next run over several time zones is shown, in its own zone")
    void zones() {
        assertThat(line(
                        sync("Europe/Berlin", "2026-03-02T18:00:00Z"),
                        sync("America/New_York", "2026-03-02T14:00:00Z")))
                .contains("2 active syncs, next run 09:00 (America/New_York).");
    }

    @Test
    @DisplayName("start says so where no sync is scheduled, active or defined")
    void nothing() {
        assertThat(line(sync("UTC", null))).contains(": 1 active sync, no scheduled run.");
        assertThat(line(sync("inactive", "UTC", null))).contains(": no active syncs.");
        assertThat(line()).isEqualTo("ConsentBridge is running: no syncs yet. Stop with Ctrl-C.");
    }

    @Test
    @DisplayName("Syncs that cannot be read are left out of the line")
    void unreadable() {
        assertThat(new RunningLine(Optional.empty(), Optional.empty(), NOW).text())
                .isEqualTo("ConsentBridge is running. Stop with Ctrl-C.");
    }
}
