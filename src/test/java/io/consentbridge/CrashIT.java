package io.consentbridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.consentbridge.run.Outcomes;
import io.consentbridge.run.Run;
import io.consentbridge.run.RunState;
import io.consentbridge.run.Runs;
import io.consentbridge.sandbox.Sandbox;
import io.consentbridge.sandbox.SandboxOptions;
import io.consentbridge.store.Database;
import io.consentbridge.sync.Counters;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The process is killed, as {@code kill -9} does it, at random instants of its runs and started again each time: what
 * Campaigns holds in the end and what the runs counted is what they are when nobody kills anything.
 *
 * <p>An instant is chosen by the number of calls that the started process has made, so that every part of a run is met
 * however fast the machine is: the reading of lists and records, each delivery, and what follows the last one.
 */
class CrashIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** One creates its list; one asks by a public list; one reads consent person by person. */
    private static final List<String> SYNCS = List.of("customer-contacts", "newsletter-leads", "newsletter-contacts");

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    @Test
    @DisplayName("Five kills at random instants change neither what Campaigns holds nor what the runs counted")
    void fewKills() throws Exception {
        compare(800, SYNCS.subList(0, 2), 5, 20261122);
    }

    @Test
    @Tag("long")
    @DisplayName("Fifty kills at random instants change neither what Campaigns holds nor what the runs counted")
    void manyKills() throws Exception {
        compare(2_000, SYNCS, 50, 4711);
    }

    private void compare(int people, List<String> syncs, int kills, long seed) throws Exception {
        SandboxOptions options = SandboxOptions.defaults().withPeople(people).withoutQuotas();
        try (Sandbox calm = Sandbox.start(options);
                Sandbox stormy = Sandbox.start(options)) {
            Connector undisturbed = new Connector(calm, folder.resolve("undisturbed"));
            for (String sync : syncs) {
                undisturbed.complete(sync);
            }
            slow(stormy);
            Connector killed = new Connector(stormy, folder.resolve("killed"));
            long calls = calls(calm);
            Random random = new Random(seed);
            int done = 0;
            for (int index = 0; index < syncs.size(); index++) {
                int due = kills * (index + 1) / syncs.size();
                long apart = Math.max(2, 2 * calls / kills);
                while (done < due && killed.killAfter(syncs.get(index), 1 + (long) (random.nextDouble() * apart))) {
                    done++;
                }
                killed.complete(syncs.get(index));
            }

            assertThat(done).as("kills").isGreaterThanOrEqualTo(kills * 2 / 3);
            for (String list : lists(calm)) {
                assertThat(members(stormy, list)).as("members of " + list).isEqualTo(members(calm, list));
            }
            assertThat(lists(stormy)).isEqualTo(lists(calm));
            for (String sync : syncs) {
                assertThat(killed.counted(sync)).as("counters of " + sync).isEqualTo(undisturbed.counted(sync));
            }
            assertThat(get(stormy, "/sandbox/state").path("violations")).isEmpty();
        }
    }

    /** The connector as it is installed, with a database of its own. */
    private static final class Connector {

        private final Sandbox sandbox;
        private final Path home;
        private int started;

        Connector(Sandbox sandbox, Path home) throws IOException {
            this.sandbox = sandbox;
            this.home = Files.createDirectories(home);
        }

        /** Runs the sync to its end, going on where a killed process left off. */
        void complete(String sync) throws Exception {
            Process process = start("sync", "run", sync, "--wait", "--json");
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(said()).isZero();
        }

        /** Whether it was killed; false when it came to its end before. */
        boolean killAfter(String sync, long calls) throws Exception {
            long before = calls(sandbox);
            Process process = start("sync", "run", sync, "--wait", "--json");
            Awaitility.await()
                    .atMost(PATIENCE)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(3))
                    .until(() -> !process.isAlive() || calls(sandbox) - before >= calls);
            boolean alive = process.isAlive();
            process.destroyForcibly().waitFor();
            return alive;
        }

        /** What the first run of the sync counted; those after it, begun when it had ended just before a kill, find nothing. */
        Counters counted(String sync) {
            try (Database database = Database.open(url(), null, null)) {
                List<Run> runs = new Runs(database, Clock.systemUTC()).list(Optional.of(sync), 100);
                assertThat(runs).isNotEmpty().allMatch(run -> run.state() == RunState.COMPLETED);
                Outcomes outcomes = new Outcomes(database);
                assertThat(runs.subList(0, runs.size() - 1))
                        .allMatch(run -> outcomes.counters(run.id()).total() == 0);
                return outcomes.counters(runs.get(runs.size() - 1).id());
            }
        }

        private String url() {
            return "jdbc:h2:file:" + home.resolve("consentbridge");
        }

        private Process start(String... arguments) throws IOException {
            started++;
            List<String> line = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx256m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    ConsentBridge.class.getName(),
                    "--config",
                    "config",
                    "--routes",
                    "routes"));
            line.addAll(Arrays.asList(arguments));
            ProcessBuilder builder = new ProcessBuilder(line)
                    .redirectOutput(output(started).toFile())
                    .redirectError(home.resolve(started + ".err").toFile());
            builder.environment().remove("JAVA_TOOL_OPTIONS");
            builder.environment().putAll(environment());
            return builder.start();
        }

        private Path output(int start) {
            return home.resolve(start + ".out");
        }

        private String said() throws IOException {
            return Files.readString(home.resolve(started + ".err")) + Files.readString(output(started));
        }

        private Map<String, String> environment() throws IOException {
            Map<String, String> environment = new TreeMap<>();
            for (String api : List.of("ACCOUNTS", "CRM", "CAMPAIGNS")) {
                environment.put("ZOHO_MAIN_" + api + "_URL", sandbox.baseUrl());
            }
            environment.put("ZOHO_MAIN_CLIENT_ID", Sandbox.CLIENT_ID);
            environment.put("ZOHO_MAIN_CLIENT_SECRET", Sandbox.CLIENT_SECRET);
            environment.put("ZOHO_MAIN_REFRESH_TOKEN", Sandbox.REFRESH_TOKEN);
            environment.put("DATABASE_URL", url());
            environment.put("API_TOKEN_FILE", home.resolve("api-token").toString());
            environment.put("LIMITS_RUNS_PER_DAY", "0");
            environment.put("LIMITS_RUNS_PER_MONTH", "0");
            try (Stream<String> lines = Files.lines(Path.of("config", "application.properties"))) {
                lines.filter(line -> line.startsWith("quota."))
                        .map(line -> line.substring(0, line.indexOf('=')).strip())
                        .forEach(setting ->
                                environment.put(setting.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"), "none"));
            }
            return environment;
        }
    }

    /** So that a kill finds the process anywhere within a call, and not mostly between two. */
    private static void slow(Sandbox sandbox) throws Exception {
        HttpRequest order = HttpRequest.newBuilder(URI.create(sandbox.baseUrl() + "/sandbox/faults"))
                .POST(HttpRequest.BodyPublishers.ofString("{\"kind\":\"delay\",\"delayMillis\":15,\"times\":0}"))
                .build();
        assertThat(HTTP.send(order, HttpResponse.BodyHandlers.discarding()).statusCode())
                .isEqualTo(200);
    }

    private static List<String> lists(Sandbox sandbox) throws Exception {
        return StreamSupport.stream(get(sandbox, "/sandbox/state").path("lists").spliterator(), false)
                .map(list -> list.path("name").asText())
                .sorted()
                .toList();
    }

    private static JsonNode members(Sandbox sandbox, String list) throws Exception {
        return get(sandbox, "/sandbox/members?list=" + URLEncoder.encode(list, StandardCharsets.UTF_8));
    }

    private static long calls(Sandbox sandbox) throws Exception {
        long calls = 0;
        for (JsonNode method : get(sandbox, "/sandbox/state").path("calls")) {
            for (JsonNode result : method) {
                calls += result.asLong();
            }
        }
        return calls;
    }

    private static JsonNode get(Sandbox sandbox, String path) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(sandbox.baseUrl() + path)).build();
        return JSON.readTree(
                HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }
}
