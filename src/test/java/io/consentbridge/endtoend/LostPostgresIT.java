package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.consentbridge.api.ApiServer;
import io.consentbridge.store.TestDatabase;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A PostgreSQL that goes while runs are read and delivered, and comes back. */
class LostPostgresIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    private Path data;

    @Test
    @DisplayName(
            "The runtime waits for a lost PostgreSQL: not ready, but alive; one line when it goes, one when it is back, and runs continue")
    void lostWhileDelivering() throws Exception {
        waitedFor(BridgeFixture.SUBSCRIBE);
    }

    @Test
    @Tag("long")
    @DisplayName("The runtime waits for a PostgreSQL that is lost while a run reads")
    void lostWhileReading() throws Exception {
        waitedFor("coql");
    }

    private void waitedFor(String during) throws Exception {
        String url = TestDatabase.POSTGRES.fresh();
        URI server = URI.create(url.substring("jdbc:".length()));
        try (CutLine line = new CutLine(server.getHost(), server.getPort());
                Bridge bridge = Bridge.openWithTriggers(
                        10,
                        files -> files.on(TestDatabase.POSTGRES)
                                .set("DATABASE_URL", url.replace(":" + server.getPort() + "/", ":" + line.port() + "/"))
                                .set("LEASE", "6s")
                                .letters("wave", "Memberships")
                                .sync("timed", "Contacts", "purpose: wave", "schedule: {every: day, at: '03:00'}"));
                ApiServer api = ApiServer.open(
                        bridge.runtime().context(), bridge.operations(), data, "127.0.0.1", freePort())) {
            bridge.zoho()
                    .createAll(
                            "Memberships",
                            IntStream.range(0, 300)
                                    .mapToObj(number -> Map.<String, Object>of(
                                            "Name", "m" + number, "Email", "m" + number + "@c5.example.com"))
                                    .toList());
            bridge.complete("timed");
            bridge.zoho().fault(Map.of("method", during, "kind", "delay", "delayMillis", 300, "times", 0));
            String run = bridge.begin("wave");
            await().until(() -> bridge.zoho().struck(2));
            List<String> said;
            try (ErrorLog log = ErrorLog.listenToWarnings()) {
                line.cut();

                await().atMost(PATIENCE).until(() -> status(api, "/ready") == 503);
                assertThat(status(api, "/live")).isEqualTo(200);
                // Later than the lease: statements wait for a connection for longer than that.
                await().atMost(PATIENCE)
                        .until(() -> log.errors().stream()
                                .anyMatch(one -> one.contains("ConsentBridge waits until it is back")));
                assertThat(status(api, "/ready")).isEqualTo(503);
                assertThat(status(api, "/live")).isEqualTo(200);

                line.mend();
                await().atMost(PATIENCE).until(() -> status(api, "/ready") == 200);
                bridge.zoho().noFaults();
                await().atMost(PATIENCE)
                        .until(() -> bridge.operations().run(run).over());
                await().atMost(PATIENCE)
                        .until(() -> log.errors().stream().anyMatch(one -> one.contains("answers again")));
                // The product's own settings silence the pool.
                said = log.errors().stream()
                        .filter(one -> !one.startsWith("com.zaxxer.hikari"))
                        .toList();
            }

            assertThat(said)
                    .as("lines")
                    .filteredOn(one -> one.contains("ConsentBridge waits until it is back"))
                    .hasSize(1);
            assertThat(said)
                    .as("lines")
                    .filteredOn(one -> one.contains("answers again"))
                    .hasSize(1);
            assertThat(said).as("lines").hasSizeLessThan(8);
            bridge.end(run);
            bridge.complete("wave");
            assertThat(bridge.zoho().statuses("wave")).hasSizeGreaterThanOrEqualTo(300);
        }
    }

    private static int status(ApiServer server, String which) throws Exception {
        URI uri = URI.create(server.url() + "/observe/health" + which);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
