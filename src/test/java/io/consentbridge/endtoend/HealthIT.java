package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.consentbridge.api.ApiServer;
import io.consentbridge.api.RemoteOperations;
import io.consentbridge.api.StatusView;
import io.consentbridge.ledger.Ledger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the health document says beyond up and down. */
class HealthIT {

    @TempDir
    private Path data;

    @Test
    @DisplayName("B47: the health document shows what the brake holds with the remedy, and stays up")
    void brake() throws Exception {
        try (Bridge bridge = Bridge.openWithTriggers(
                        10, files -> files.set("BRAKE_PEOPLE", "0").letters("wave", "Memberships"));
                ApiServer server = ApiServer.open(
                        bridge.runtime().context(), bridge.operations(), data, "127.0.0.1", freePort())) {
            List<String> ids = bridge.zoho().createAll("Memberships", List.of(member("one"), member("two")));
            bridge.complete("wave");
            assertThat(health(server, "/ready", 200).has("details")).isFalse();

            ids.forEach(id -> bridge.zoho().delete("Memberships", id));
            assertThat(bridge.run("wave").state()).isEqualTo("braked");

            JsonNode ready = health(server, "/ready", 200);
            assertThat(ready.path("status").asText()).isEqualTo("UP");
            assertThat(ready.path("checks").path("removals").asText()).isEqualTo("UP");
            assertThat(ready.path("details").path("removals").asText())
                    .startsWith("wave: the brake holds 2 people")
                    .endsWith("sync run wave --allow-removals 2");
            assertThat(health(server, "", 200).path("details").has("removals")).isTrue();
            assertThat(health(server, "/live", 200).toString()).doesNotContain("removals");
            assertThat(RemoteOperations.find(data).orElseThrow().status())
                    .as("status tells it too, and that a runtime is up")
                    .satisfies(status -> assertThat(status.runtime()).isTrue())
                    .satisfies(status -> assertThat(status.syncs().get(0).braked())
                            .containsExactly(new StatusView.Braked("wave", 2)));

            bridge.end(bridge.operations().allowRemovals("wave", 2).run());
            assertThat(health(server, "/ready", 200).has("details")).isFalse();
        }
    }

    @Test
    @DisplayName(
            "The health document names a place outside that takes no checkpoints, since when, why and the remedy, without its secret, until it takes them")
    void checkpoints() throws Exception {
        AtomicInteger answer = new AtomicInteger(503);
        HttpServer outside = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        outside.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(answer.get(), -1);
            exchange.close();
        });
        outside.start();
        String url = "http://127.0.0.1:" + outside.getAddress().getPort() + "/?token=secret";
        try (Bridge bridge = Bridge.openWithTriggers(
                        10,
                        files -> files.set("LEDGER_CHECKPOINTS_WEBHOOK", url).letters("wave", "Memberships"));
                ApiServer server = ApiServer.open(
                        bridge.runtime().context(), bridge.operations(), data, "127.0.0.1", freePort())) {
            Ledger ledger = bridge.runtime().components().proofs().ledger();
            bridge.zoho().createAll("Memberships", List.of(member("one")));
            bridge.complete("wave");
            ledger.finish(Duration.ofMinutes(1));

            JsonNode ready = health(server, "/ready", 200);
            assertThat(ready.path("status").asText()).isEqualTo("UP");
            assertThat(ready.path("details").path("ledger").asText())
                    .startsWith("checkpoints do not reach the webhook since 2")
                    .contains("(it answered 503). Mend ledger.checkpoints.webhook, or take the setting away")
                    .contains("old checkpoints are not deleted")
                    .doesNotContain("secret");
            assertThat(bridge.operations().ledgerStatus().targets())
                    .singleElement()
                    .satisfies(target -> assertThat(target.lackingSince()).isNotNull())
                    .satisfies(target -> assertThat(target.failure()).isEqualTo("it answered 503"));

            answer.set(200);
            bridge.runtime().database().change(handle -> handle.execute("update ledger_target set retry_at = null"));
            ledger.finish(Duration.ofMinutes(1));
            assertThat(health(server, "/ready", 200).path("details").has("ledger"))
                    .isFalse();
        } finally {
            outside.stop(0);
        }
    }

    private static Map<String, Object> member(String name) {
        return Map.of("Name", name, "Email", name + "@c5.example.com");
    }

    private static JsonNode health(ApiServer server, String which, int status) throws Exception {
        URI uri = URI.create(server.url() + "/observe/health" + which);
        HttpResponse<String> reply = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(reply.statusCode()).isEqualTo(status);
        return new ObjectMapper().readTree(reply.body());
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
