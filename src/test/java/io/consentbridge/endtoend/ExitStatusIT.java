package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.consentbridge.ProductJvm;
import io.consentbridge.api.Operations;
import io.consentbridge.api.RunView;
import io.consentbridge.api.RuntimeOperations;
import io.consentbridge.config.Configuration;
import io.consentbridge.runtime.Extent;
import io.consentbridge.runtime.Options;
import io.consentbridge.runtime.Runtime;
import io.consentbridge.store.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What another process of the product says and how it ends when it cannot do its work. */
class ExitStatusIT extends BridgeFixture {

    private record Ended(int status, String said) {}

    @BeforeAll
    static void open() {
        bridge = Bridge.open(
                10,
                files -> files.letters("letters", "Leads")
                        .purpose("listless", "createList: false")
                        .sync("listless", "Leads"));
    }

    @Test
    @DisplayName(
            "A second process that works with the same embedded database ends with 3 and says what to do; one that reads may read")
    void secondProcess() throws Exception {
        Ended reading = command(Map.of(), "sync", "list");
        assertThat(reading.status()).as(reading.said()).isZero();
        assertThat(reading.said()).contains("letters", "listless");

        Ended ended = command(Map.of(), "sync", "run", "letters", "--wait");

        assertThat(ended.status()).as(ended.said()).isEqualTo(3);
        assertThat(ended.said()).contains("in use by another process", "PostgreSQL");
    }

    @Test
    @DisplayName("A port in use ends the start with 2 and names the port and the setting")
    void portInUse() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String port = String.valueOf(taken.getLocalPort());

            Ended ended = command(Map.of("HTTP_PORT", port), "start");

            assertThat(ended.status()).as(ended.said()).isEqualTo(2);
            assertThat(ended.said()).contains("port " + port, "http.port");
        }
    }

    @Test
    @DisplayName("A broken routes file ends the start with 2 and names file and line")
    void brokenRoutes() throws Exception {
        String before = bridge.files().read("routes/run.camel.yaml");
        bridge.files().write("routes/run.camel.yaml", before.replace("uri: direct", "uri: pigeon"));
        String other = bridge.files().folder().resolve("other/consentbridge").toString();

        Ended ended = command(Map.of("DATABASE_URL", "jdbc:sqlite:" + other), "start");
        bridge.files().write("routes/run.camel.yaml", before);

        assertThat(ended.status()).as(ended.said()).isEqualTo(2);
        assertThat(ended.said()).containsPattern("run\\.camel\\.yaml:\\d+").contains("pigeon");
    }

    @Test
    @DisplayName("A run that Zoho's refusal of the credential stops ends with 3, and the document says why")
    void revokedCredential() throws Exception {
        String database = "jdbc:sqlite:" + bridge.files().folder().resolve("revoked/consentbridge");

        Ended ended = command(
                Map.of("DATABASE_URL", database, "ZOHO_MAIN_REFRESH_TOKEN", "1000.revoked"),
                "sync",
                "run",
                "letters",
                "--wait",
                "--json");

        assertThat(ended.status()).as(ended.said()).isEqualTo(3);
        assertThat(ended.said()).contains("\"state\":\"failed\"", "\"outOfReach\":true", "refresh");
    }

    @Test
    @DisplayName("A run that fails for a reason of its own ends with 1")
    void ownFailure() throws Exception {
        String database = "jdbc:sqlite:" + bridge.files().folder().resolve("own/consentbridge");

        Ended ended = command(Map.of("DATABASE_URL", database), "sync", "run", "listless", "--wait", "--json");

        assertThat(ended.status()).as(ended.said()).isEqualTo(1);
        assertThat(ended.said()).contains("createList: true", "\"outOfReach\":false");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"camel.main.strem-caching", "camel.component.http.conection-timeout"})
    @DisplayName(
            "A misspelt setting of Camel ends a command with 2, and shows file, line and name but no trace and no value")
    void misspeltForCamel(String name) throws Exception {
        String before = bridge.files().read("config/application.properties");
        bridge.files().write("config/application.properties", before + name + " = secretword\n");
        String database = "jdbc:sqlite:" + bridge.files().folder().resolve("camel/consentbridge");

        Ended ended = command(Map.of("DATABASE_URL", database), "check");
        bridge.files().write("config/application.properties", before);

        assertThat(ended.status()).as(ended.said()).isEqualTo(2);
        assertThat(ended.said())
                .containsPattern("application\\.properties:\\d+: Camel has no setting " + name)
                .doesNotContain("\tat ", "secretword");
    }

    @Test
    @DisplayName("A run with dead letters names the command, and a replay without a runtime delivers and ends with 0")
    void replayedWithoutRuntime() throws Exception {
        Map<String, String> own =
                Map.of("DATABASE_URL", "jdbc:sqlite:" + bridge.files().folder().resolve("replayed/consentbridge"));
        String email = bridge.newcomer("Leads", Map.of());
        bridge.zoho()
                .fault(Map.of(
                        "method", "json/listsubscribe", "kind", "code", "code", "914", "times", 0, "email", email));
        Ended ran = command(own, "sync", "run", "letters", "--wait");
        assertThat(ran.status()).as(ran.said()).isEqualTo(1);
        assertThat(ran.said()).contains("1 record dead-lettered", "consentbridge dead-letters list");

        Ended failing = command(own, "dead-letters", "replay", "--all");
        assertThat(failing.status()).as(failing.said()).isEqualTo(1);
        assertThat(failing.said()).contains("1 failed again");

        bridge.zoho().noFaults();
        Ended replayed = command(own, "dead-letters", "replay", "--all");

        assertThat(replayed.status()).as(replayed.said()).isZero();
        assertThat(replayed.said()).contains("delivers them itself", "1 delivery queued again: 1 done");
        assertThat(bridge.zoho().statuses("letters")).containsEntry(email, "active");
        List<RunView> history = inThisProcess(own, operations -> operations.history("letters", 10));
        assertThat(history).singleElement().matches(run -> run.deadLettered() == 0);
        assertThat(command(own, "explain", email).said())
                .contains("new")
                .doesNotContain("dead-lettered")
                .doesNotContainPattern("\\b914\\b");
    }

    @Test
    @DisplayName(
            "A replay without a runtime and without the scope to subscribe ends with 1 and says what is still to deliver")
    void replayedWithoutScope() throws Exception {
        String database = "jdbc:sqlite:" + bridge.files().folder().resolve("unscoped/consentbridge");
        Map<String, String> own = Map.of("DATABASE_URL", database);
        Map<String, String> patient = Map.of("DATABASE_URL", database, "HOLD_FIRST", "10m", "HOLD_MOST", "15m");
        String email = bridge.newcomer("Leads", Map.of());
        Map<String, Object> fault = Map.of("method", "json/listsubscribe", "kind", "code", "times", 0, "email", email);
        bridge.zoho().fault(with(fault, Map.of("code", "914")));
        assertThat(inThisProcess(own, ExitStatusIT::runToItsEnd).deadLettered()).isEqualTo(1);
        bridge.zoho().noFaults();
        bridge.zoho().fault(with(fault, Map.of("status", 401, "code", "OAUTH_SCOPE_MISMATCH")));

        Ended replayed = command(patient, "dead-letters", "replay", "--all");
        bridge.zoho().noFaults();

        assertThat(replayed.status()).as(replayed.said()).isEqualTo(1);
        assertThat(replayed.said())
                .contains("1 delivery queued again", "wait for Zoho. See why with: consentbridge status");
        assertThat(command(own, "status").said()).contains("json/listsubscribe is locked until");
    }

    private static Map<String, Object> with(Map<String, Object> fault, Map<String, Object> more) {
        Map<String, Object> all = new HashMap<>(fault);
        all.putAll(more);
        return all;
    }

    @Test
    @DisplayName("A PostgreSQL that refuses the password ends a command with 3 and says which settings to check")
    void wrongPassword() throws Exception {
        Map<String, String> settings = Map.of(
                "DATABASE_URL", TestDatabase.guarded("guarded", "right"),
                "DATABASE_USER", "guarded",
                "DATABASE_PASSWORD", "wrong");

        Ended ended = command(settings, "sync", "list");

        assertThat(ended.status()).as(ended.said()).isEqualTo(3);
        assertThat(ended.said())
                .contains("refuses the user or the password", "database.user", "database.password")
                .doesNotContain("wrong");
    }

    /** What a runtime of this process, over the files of the bridge with other settings, says. */
    private static <T> T inThisProcess(Map<String, String> more, Function<Operations, T> asked) {
        Map<String, String> environment = new HashMap<>(bridge.files().environment());
        environment.putAll(more);
        Options options = new Options(bridge.files().config(), bridge.files().routes(), environment, Extent.ROUTES);
        Configuration configuration =
                (Configuration) Configuration.load(bridge.files().config(), environment);
        Clock clock = Clock.systemDefaultZone();
        try (Runtime runtime = Runtime.open(options, configuration, clock)) {
            return asked.apply(new RuntimeOperations(runtime, clock));
        }
    }

    private static RunView runToItsEnd(Operations operations) {
        String run = operations.startRun("letters", false).run();
        await().atMost(Duration.ofSeconds(60)).until(() -> operations.run(run).over());
        return operations.run(run);
    }

    private static Ended command(Map<String, String> more, String... words) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(ProductJvm.with());
        line.addAll(List.of(
                "--config",
                bridge.files().config().toString(),
                "--routes",
                bridge.files().routes().toString()));
        line.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().putAll(bridge.files().environment());
        builder.environment().putAll(more);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), said);
    }
}
