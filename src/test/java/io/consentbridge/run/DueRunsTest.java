package io.consentbridge.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.config.Configuration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are due. */
class DueRunsTest {

    @TempDir
    private Path folder;

    private Instant now = Instant.parse("2027-03-27T12:00:00Z");
    private DueRuns runs;

    @BeforeEach
    void files() throws IOException {
        Files.createDirectories(folder.resolve("purposes"));
        Files.createDirectories(folder.resolve("syncs"));
        Files.writeString(folder.resolve("application.properties"), """
                zoho.connections = main
                zoho.main.data-centre = eu
                zoho.main.client-id = id
                zoho.main.client-secret = secret
                zoho.main.refresh-token = token
                zoho.main.time-zone = Europe/Berlin
                """);
        Files.writeString(
                folder.resolve("purposes/news.yaml"),
                "name: news\nstatement: News.\nlawfulBasis: contract\nlist: News\n");
        sync("night", "schedule: {every: week, on: sunday, at: \"02:30\"}");
        Configuration files = (Configuration) Configuration.load(folder, Map.of());
        runs = new DueRuns(() -> files, () -> now);
        runs.begin("night");
    }

    private void sync(String name, String more) throws IOException {
        Files.writeString(
                folder.resolve("syncs/" + name + ".yaml"),
                "name: " + name + "\nconnection: main\nmodule: Leads\npurpose: news\n" + more + "\n");
    }

    @Test
    @DisplayName("Sunday at 02:30 in Berlin, on March 28, 2027, runs at 03:00, once (B41)")
    void springForward() {
        assertThat(runs.due("night")).isEmpty();
        now = Instant.parse("2027-03-28T00:59:59Z");
        assertThat(runs.due("night")).isEmpty();
        now = Instant.parse("2027-03-28T01:00:00.400Z");
        assertThat(runs.due("night"))
                .containsExactly(
                        new RunRequest("night", Run.Cause.SCHEDULE, false, Instant.parse("2027-03-28T01:00:00Z")));
        now = Instant.parse("2027-03-28T03:30:00Z");
        assertThat(runs.due("night")).isEmpty();
    }

    @Test
    @DisplayName("Any number of due times between two ticks gets one run, and a clock that goes back causes none again")
    void late() {
        now = Instant.parse("2027-05-01T00:00:00Z");
        assertThat(runs.due("night")).hasSize(1);
        now = Instant.parse("2027-03-28T00:00:00Z");
        assertThat(runs.due("night")).isEmpty();
        now = Instant.parse("2027-05-01T00:00:01Z");
        assertThat(runs.due("night")).isEmpty();
    }
}
