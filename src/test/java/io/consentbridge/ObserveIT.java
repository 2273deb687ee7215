package io.consentbridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.consentbridge.sandbox.Sandbox;
import io.consentbridge.sandbox.SandboxOptions;
import java.io.BufferedReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A runtime in a process of its own, as machines see it: health, metrics, logs, shutdown. */
class ObserveIT {

    private static final Pattern DOCUMENTED = Pattern.compile("`(consentbridge_[a-z_]+)[`{]");

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    @Test
    @DisplayName("A runtime reports its health and its work, logs JSON on request, and shuts down cleanly on SIGTERM")
    void observed() throws Exception {
        try (Sandbox sandbox =
                Sandbox.start(SandboxOptions.defaults().withPeople(100).withoutQuotas())) {
            Installed installed = new Installed(folder, sandbox);
            installed.environment.put("LOG_FORMAT", "json");
            Process runtime = installed.command(folder.resolve("log"), "start");
            try (BufferedReader out = runtime.inputReader()) {
                String url = "http://127.0.0.1:" + installed.port;
                assertThat(out.readLine()).contains(url);
                Path token = folder.resolve("data/api-token");
                assertThat(token).exists();

                healthy(url + "/observe/health/live");
                healthy(url + "/observe/health/ready");
                assertThat(run(installed)).isZero();
                measured(url + "/observe/metrics");

                runtime.toHandle().destroy();
                assertThat(runtime.waitFor(60, TimeUnit.SECONDS)).isTrue();
                assertThat(runtime.exitValue()).isEqualTo(143);
                assertThat(token).doesNotExist();
                assertThat(get(sandbox.baseUrl() + "/sandbox/state").body()).contains("\"listsubscribe");
            } finally {
                runtime.destroyForcibly();
            }
            logged(Files.readAllLines(folder.resolve("log")));
        }
    }

    @Test
    @DisplayName(
            "Log lines carry date and zone and no trace, --log-level says how much is logged, and debug alone shows traces")
    void logLines() throws Exception {
        try (Sandbox sandbox =
                Sandbox.start(SandboxOptions.defaults().withPeople(10).withoutQuotas())) {
            Installed installed = new Installed(folder, sandbox);
            installed.environment.putAll(Map.of("RETRY_DELAY", "1", "RETRY_DELAY_MOST", "5"));
            String fault = "{\"method\":\"coql\",\"kind\":\"html\",\"times\":0}";
            http.send(
                    HttpRequest.newBuilder(URI.create(sandbox.baseUrl() + "/sandbox/faults"))
                            .POST(HttpRequest.BodyPublishers.ofString(fault))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());

            assertThat(log(installed, "sync", "run", "members"))
                    .containsPattern("(?m)^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d([+-]\\d\\d:\\d\\d|Z) WARN ")
                    .doesNotContain("\tat ");
            assertThat(log(installed, "sync", "run", "members", "--log-level", "error"))
                    .contains(" ERROR ")
                    .doesNotContain(" WARN ");
            assertThat(log(installed, "--log-level", "DEBUG", "sync", "run", "members"))
                    .contains(" DEBUG ", "\tat ")
                    .doesNotContain("org.apache.hc", Sandbox.CLIENT_SECRET);
            assertThat(log(installed, "sync", "list", "--log-level", "loud")).contains("--log-level");
        }
    }

    private String log(Installed installed, String... arguments) throws Exception {
        Path log = folder.resolve("log-" + System.nanoTime());
        Process command = installed.command(log, arguments);
        command.getInputStream().readAllBytes();
        command.waitFor();
        return Files.readString(log);
    }

    // Asks the runtime through its API, as any command does while one is up.
    private static int run(Installed installed) throws Exception {
        Process command = installed.command(
                installed.folder.resolve("command-log"), "sync", "run", "members", "--wait", "--json");
        try (BufferedReader out = command.inputReader()) {
            JsonNode run = new ObjectMapper().readTree(out);
            assertThat(run.path("state").asText()).isEqualTo("completed");
            assertThat(run.path("total").asInt()).isPositive();
        }
        return command.waitFor();
    }

    private void healthy(String url) throws Exception {
        HttpResponse<String> reply = get(url);
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(new ObjectMapper().readTree(reply.body()).path("status").asText())
                .isEqualTo("UP");
    }

    private void measured(String url) throws Exception {
        await().atMost(Duration.ofSeconds(40))
                .untilAsserted(() -> assertThat(get(url).body())
                        .contains("consentbridge_sync_last_success_age_seconds{sync=\"members\"}"));
        String metrics = get(url).body();
        assertThat(metrics)
                .containsPattern("consentbridge_runs_total\\{result=\"completed\",sync=\"members\"} 1")
                .containsPattern("consentbridge_records_total\\{decision=\"deliver\",sync=\"members\"} \\d")
                .contains("consentbridge_deliveries_waiting{action=\"subscribe\",connection=\"main\"} 0")
                .containsPattern("consentbridge_calls_seconds_count\\{api=\"campaigns\",connection=\"main\","
                        + "method=\"json/listsubscribe\",result=\"200\"} \\d")
                .containsPattern("consentbridge_quota_left\\{connection=\"main\",method=\"json/listsubscribe\"} \\d")
                .contains(
                        "consentbridge_runs_total{result=\"failed\",sync=\"members\"} 0",
                        "consentbridge_runs_total{result=\"braked\",sync=\"members\"} 0",
                        "consentbridge_calls_seconds_count{api=\"campaigns\",connection=\"main\",method=\"topics\",result=\"401\"} 0",
                        "consentbridge_calls_seconds_count{api=\"crm\",connection=\"main\",method=\"deleted\",result=\"304\"}",
                        "consentbridge_records_total{decision=\"suppress\",sync=\"members\"}",
                        "consentbridge_sync_last_success_timestamp_seconds{sync=\"members\"}",
                        "consentbridge_calls_seconds_count{api=\"campaigns\",connection=\"main\","
                                + "method=\"json/contactdonotmail\",result=\"unreachable\"} 0")
                .containsPattern("consentbridge_calls_seconds_bucket\\{api=\"crm\",connection=\"main\","
                        + "method=\"coql\",result=\"200\",le=\"0.5\"} [1-9]")
                .contains("consentbridge_dead_letters 0")
                .doesNotContain("@");
        Matcher documented = DOCUMENTED.matcher(Files.readString(Path.of("docs/operations.md")));
        assertThat(documented.results().map(found -> found.group(1)).distinct())
                .hasSizeGreaterThan(5)
                .allSatisfy(name -> assertThat(metrics).contains(name));
    }

    private static void logged(List<String> lines) throws Exception {
        assertThat(lines).isNotEmpty();
        for (String line : lines) {
            JsonNode event = new ObjectMapper().readTree(line);
            assertThat(event.path("message").asText()).isNotEmpty().doesNotContain(Sandbox.CLIENT_SECRET);
            assertThat(event.path("time").asText()).isNotEmpty();
        }
    }

    private HttpResponse<String> get(String url) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
