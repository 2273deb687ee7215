package io.consentbridge.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API over real HTTP, and the operations asked over it. */
class ApiServerTest {

    @TempDir
    private static Path data;

    private static final FakeOperations OPERATIONS = new FakeOperations();
    private static final Main MAIN = new Main();
    private static ApiServer server;
    private static RemoteOperations remote;

    @BeforeAll
    static void listen() throws Exception {
        MAIN.configure().withAutoConfigurationEnabled(false);
        MAIN.setDefaultPropertyPlaceholderLocation("false");
        MAIN.start();
        server = ApiServer.open(MAIN.getCamelContext(), OPERATIONS, data, "127.0.0.1", freePort());
        remote = RemoteOperations.find(data).orElseThrow();
    }

    @AfterAll
    static void end() throws Exception {
        server.close();
        MAIN.stop();
        assertThat(data).isEmptyDirectory();
    }

    @BeforeEach
    void forget() {
        OPERATIONS.asked.clear();
        OPERATIONS.failure = null;
    }

    @Test
    @DisplayName("a request without the token, or with another one, gets 401 and calls nothing")
    void needsTheToken() throws Exception {
        assertThat(send("syncs", null).statusCode()).isEqualTo(401);
        HttpResponse<String> wrong = send("syncs", "Bearer 1234");
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(wrong.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        assertThat(wrong.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(wrong.body()).contains("\"status\":401").doesNotContain("1234");
        assertThat(OPERATIONS.asked).isEmpty();
    }

    @Test
    @DisplayName("B104: a part of a sync is named with a slash")
    void partsOfSyncs() {
        assertThatThrownBy(() -> remote.sync("customers/5394166000000030052"))
                .isInstanceOf(OperationFailure.UnknownName.class);
        assertThatThrownBy(() -> remote.allowRemovals("customers/5394166000000030052", 7))
                .isInstanceOf(OperationFailure.UnknownName.class);
        assertThat(OPERATIONS.asked)
                .contains("sync customers/5394166000000030052", "allow 7 to leave customers/5394166000000030052");
    }

    @Test
    @DisplayName("the answer is JSON and carries none of the request's headers")
    void answers() throws Exception {
        HttpResponse<String> response = send("runs/r-1", token().header());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(response.headers().firstValue("Authorization")).isEmpty();
        assertThat(Json.MAPPER.readTree(response.body()).get("total").asInt()).isEqualTo(100);
    }

    @Test
    @DisplayName("every operation and its answer pass over HTTP unchanged")
    void roundTrip() {
        FakeOperations same = new FakeOperations();
        assertThat(remote.syncs()).isEqualTo(same.syncs());
        assertThat(remote.sync("customers")).isEqualTo(same.sync("customers"));
        assertThat(remote.startRun("customers", true)).isEqualTo(same.startRun("customers", true));
        assertThat(remote.startRun("customers", false)).isEqualTo(same.startRun("customers", false));
        assertThat(remote.run("r-1")).isEqualTo(same.run("r-1"));
        assertThat(remote.history(null, 5)).isEqualTo(same.history(null, 5));
        assertThat(remote.history("customers", 1)).isEqualTo(same.history("customers", 1));
        assertThat(remote.activate("customers")).isEqualTo(same.activate("customers"));
        assertThat(remote.deactivate("customers")).isEqualTo(same.deactivate("customers"));
        assertThat(remote.deadLetters(3)).isEqualTo(same.deadLetters(3));
        assertThat(remote.deadLetter(7)).isEqualTo(same.deadLetter(7));
        assertThat(remote.replay(List.of(7L))).isEqualTo(same.replay(List.of(7L)));
        assertThat(remote.discard(List.of(7L))).isEqualTo(same.discard(List.of(7L)));
        assertThat(remote.quota()).isEqualTo(same.quota());
        assertThat(remote.status()).isEqualTo(same.status());
        assertThat(remote.check()).isEqualTo(same.check());
        assertThat(remote.reload()).isEqualTo(same.reload());
        assertThat(OPERATIONS.asked).isEqualTo(same.asked);
    }

    @Test
    @DisplayName("failures keep their type, message and suggestions over HTTP")
    void failures() {
        assertThatThrownBy(() -> remote.sync("custmers/ü"))
                .isInstanceOf(OperationFailure.UnknownName.class)
                .hasMessage("there is no sync custmers/ü. Did you mean customers?")
                .satisfies(thrown -> assertThat(((OperationFailure.UnknownName) thrown).suggestions())
                        .containsExactly("customers"));
        OPERATIONS.failure = new OperationFailure.Refused("10 of 10 runs are used");
        assertThatThrownBy(remote::quota)
                .isInstanceOf(OperationFailure.Refused.class)
                .hasMessage("10 of 10 runs are used");
        OPERATIONS.failure = new OperationFailure.OutOfReach("the database does not answer", null);
        assertThatThrownBy(remote::quota).isInstanceOf(OperationFailure.OutOfReach.class);
        OPERATIONS.failure = new OperationFailure.Misconfigured(List.of(Problem.in("a.yaml", 3, "no such field")));
        assertThatThrownBy(remote::quota)
                .isInstanceOf(OperationFailure.Misconfigured.class)
                .hasMessage("a.yaml:3: no such field");
    }

    @Test
    @DisplayName("the answer says that a body is not JSON and that a limit is not a number")
    void badRequests() throws Exception {
        HttpRequest broken = HttpRequest.newBuilder(URI.create(server.url() + "/api/syncs/customers/runs"))
                .header("Authorization", token().header())
                .POST(BodyPublishers.ofString("{full"))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(broken, BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(400);
        HttpResponse<String> limit = send("runs?limit=many", token().header());
        assertThat(limit.statusCode()).isEqualTo(409);
        assertThat(limit.body()).contains("limit must be a whole number from 1, not many");
    }

    @Test
    @DisplayName("a port that is in use is refused before the start, with the setting that changes it")
    void portInUse() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(() -> Ports.requireFree("127.0.0.1", other.getLocalPort()))
                    .isInstanceOf(OperationFailure.Misconfigured.class)
                    .hasMessageContaining("port " + other.getLocalPort())
                    .hasMessageContaining("http.port");
        }
    }

    @Test
    @DisplayName("the token file of a crashed runtime leads to no runtime")
    void nobodyAnswers(@TempDir Path crashed) throws Exception {
        ApiToken.fresh("127.0.0.1", freePort()).write(crashed, other -> false);

        assertThat(RemoteOperations.find(crashed)).isEmpty();
    }

    @Test
    @DisplayName("a runtime that accepts a different token is not ours")
    void notOurs(@TempDir Path other) throws Exception {
        ApiToken.fresh("127.0.0.1", token().port()).write(other, gone -> false);

        assertThat(RemoteOperations.find(other)).isEmpty();
    }

    private static ApiToken token() {
        return ApiToken.read(data).get(0);
    }

    private static HttpResponse<String> send(String path, String authorization) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + "/api/" + path));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0)) {
            return probe.getLocalPort();
        }
    }
}
