package io.consentbridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.consentbridge.api.ReloadView;
import io.consentbridge.api.RunView;
import io.consentbridge.cli.LocalRuntime;
import io.consentbridge.runtime.Extent;
import io.consentbridge.runtime.RouteFolders;
import io.consentbridge.sandbox.Sandbox;
import io.consentbridge.sandbox.SandboxOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The example of docs/extending.md, run as it stands. */
class ExtendingIT {

    private static final Path EXAMPLE = Path.of("docs/examples/extending/routes");
    private static final String NO_ROOM = "{\"Last_Name\":\"Doe\",\"Email\":\"no-room@c1.example.com\"}";
    private static final String FAULT =
            "{\"method\":\"json/listsubscribe\",\"kind\":\"code\",\"code\":\"914\",\"times\":0,"
                    + "\"email\":\"no-room@c1.example.com\"}";

    @TempDir
    private Path folder;

    @Test
    @DisplayName(
            "An added step sees every delivered record, a swapped endpoint carries every call, a tap gets every event")
    void example() throws Exception {
        try (Sandbox sandbox =
                Sandbox.start(SandboxOptions.defaults().withPeople(300).withoutQuotas())) {
            Installed installed = new Installed(folder, sandbox);
            Files.writeString(
                    installed.config().resolve("application.properties"),
                    "\nroutes.notes = " + folder.resolve("notes") + "\n",
                    java.nio.file.StandardOpenOption.APPEND);
            LocalRuntime local = new LocalInstallation(Clock.systemDefaultZone());
            Path own = folder.resolve("own-routes");
            RouteFolders routes = new RouteFolders(own, Path.of("routes"));
            try (LocalRuntime.Session session =
                    local.open(installed.config(), routes, installed.environment, Extent.WHOLE)) {
                Installed.copy(EXAMPLE, own);
                ReloadView reload = session.operations().reload();
                assertThat(reload.problems()).isEmpty();
                assertThat(reload.changes())
                        .contains(
                                "routes in deliver.camel.yaml: changed, now from " + own.resolve("deliver.camel.yaml"),
                                "routes in own.camel.yaml: added");
                assertThat(session.operations().sync("members").nextRun()).isNotNull();
                post(sandbox.baseUrl() + "/sandbox/records/Contacts", NO_ROOM);
                post(sandbox.baseUrl() + "/sandbox/faults", FAULT);

                RunView run = session.awaitRun(
                        session.operations()
                                .startRun("customer-contacts", false)
                                .run(),
                        ignored -> {});

                assertThat(run.completed()).isTrue();
                assertThat(run.deadLettered()).isEqualTo(1);
                // A run ends before the events of its last batch are told.
                await().atMost(Duration.ofSeconds(20))
                        .untilAsserted(() -> assertThat(lines("events.csv").stream()
                                        .filter(event -> event.contains(",subscribe,delivered,")))
                                .hasSize((int) run.added()));
                List<String> events = lines("events.csv");
                assertThat(events.stream().filter(event -> event.contains(",parked,")))
                        .hasSize(1);
                assertThat(lines("notes.csv"))
                        .containsAll(events.stream()
                                .map(event -> event.split(",")[0] + ",deliver")
                                .toList());
                assertThat(lines("tickets.txt"))
                        .as("one for each of the three tries")
                        .hasSize(3)
                        .allSatisfy(ticket -> assertThat(ticket).contains("has reached the contact limit of its plan"));
                assertThat(lines("calls.csv"))
                        .hasSizeGreaterThanOrEqualTo((int) run.calls().campaigns());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"route-by-consent", "transform-fields", "deliver", "failures"})
    @DisplayName("The example's copies only add lines, so that they follow the routes")
    void adds(String name) throws IOException {
        assertThat(missing(name, Files.readString(Path.of("routes", name + ".camel.yaml"))))
                .isEmpty();
    }

    @Test
    @DisplayName("The example's swap changes nothing but the step that sends a call")
    void swaps() throws IOException {
        String base = Files.readString(Path.of("routes/zoho-campaigns.camel.yaml"));
        String before = base.substring(0, base.indexOf("id: send-campaigns-call"));
        assertThat(Files.readString(EXAMPLE.resolve("zoho-campaigns.camel.yaml")))
                .startsWith(before);
    }

    private static List<String> missing(String name, String base) throws IOException {
        List<String> wanted = new ArrayList<>(base.lines().toList());
        try (Stream<String> lines = Files.lines(EXAMPLE.resolve(name + ".camel.yaml"))) {
            lines.filter(line -> !wanted.isEmpty() && wanted.get(0).equals(line))
                    .forEach(line -> wanted.remove(0));
        }
        return wanted;
    }

    private List<String> lines(String file) throws IOException {
        return Files.readAllLines(folder.resolve("notes").resolve(file));
    }

    private static void post(String url, String json) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isBetween(200, 299);
    }
}
