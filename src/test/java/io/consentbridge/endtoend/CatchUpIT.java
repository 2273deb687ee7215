package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.consentbridge.api.RunView;
import io.consentbridge.run.Run;
import io.consentbridge.run.RunRequest;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What was due while nothing ran. */
class CatchUpIT {

    private static final String DAILY = "schedule: {every: day, at: \"%s\"}";

    private Bridge bridge;

    @AfterEach
    void close() {
        bridge.close();
    }

    @Test
    @DisplayName("A due time missed while nothing ran gets one run at the next start, and history says so (B41)")
    void madeUp() {
        open();
        longAgo("due", "idle", "asleep");
        bridge.reopen();

        await().atMost(Duration.ofSeconds(30)).until(() -> runs("due") == 2);
        RunView run = bridge.operations().history("due", 10).get(0);
        assertThat(bridge.end(run.run()).message()).startsWith("made up for a missed run, due at ");
        assertThat(runs("idle")).as("inactive").isEqualTo(1);
        assertThat(runs("asleep")).as("without a schedule").isEqualTo(1);
        assertThat(runs("fresh")).as("made just now").isZero();

        bridge.reopen();
        await().during(Duration.ofSeconds(1)).atMost(Duration.ofSeconds(10)).until(() -> runs("due") == 2);
    }

    @Test
    @DisplayName("With schedule.catch-up off missed due times get no run")
    void off() {
        open();
        longAgo("due");
        bridge.files().set("SCHEDULE_CATCH_UP", "false");
        bridge.reopen();

        await().during(Duration.ofSeconds(1)).atMost(Duration.ofSeconds(10)).until(() -> runs("due") == 1);
    }

    @Test
    @DisplayName("One of two nodes that start at once runs the missed due time, since both name the same due time")
    void twoNodes() {
        open();
        longAgo("due");
        bridge.reopen();
        await().atMost(Duration.ofSeconds(30)).until(() -> runs("due") == 2);
        Run made =
                bridge.runtime().components().history().queries().newest("due").orElseThrow();
        bridge.end(made.id());

        bridge.request(new RunRequest("due", Run.Cause.SCHEDULE, false, made.dueAt()), id -> {});

        assertThat(runs("due")).isEqualTo(2);
    }

    private void open() {
        bridge = Bridge.openWithTriggers(
                10,
                files -> files.purpose("letters")
                        .sync("due", "Memberships", "purpose: letters", DAILY.formatted(elsewhere()))
                        .sync(
                                "idle",
                                "Memberships",
                                "purpose: letters",
                                "state: inactive",
                                DAILY.formatted(elsewhere()))
                        .sync("asleep", "Memberships", "purpose: letters"));
        bridge.complete("due");
        bridge.complete("idle");
        bridge.complete("asleep");
        bridge.files().sync("fresh", "Memberships", "purpose: letters", DAILY.formatted(elsewhere()));
    }

    /** Half a day away, so that it is due neither now nor soon. */
    private static String elsewhere() {
        return Instant.now().plus(Duration.ofHours(12)).toString().substring(11, 16);
    }

    private void longAgo(String... syncs) {
        bridge.runtime().database().change(handle -> {
            for (String sync : syncs) {
                handle.createUpdate("""
                                update run set started_at = :then, due_at = :then, read_at = :then, finished_at = :then
                                where sync = :sync
                                """)
                        .bind("then", Instant.now().minus(Duration.ofDays(3)))
                        .bind("sync", sync)
                        .execute();
                handle.createUpdate("update sync_state set since = :then where sync = :sync")
                        .bind("then", Instant.now().minus(Duration.ofDays(9)))
                        .bind("sync", sync)
                        .execute();
            }
        });
    }

    private int runs(String sync) {
        return bridge.operations().history(sync, 10).size();
    }
}
