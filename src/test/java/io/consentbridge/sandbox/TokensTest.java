package io.consentbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The accounts server of the sandbox. */
class TokensTest {

    private final Sandbox sandbox = Sandbox.start(SandboxOptions.defaults().withPeople(10));
    private final Client client = new Client(sandbox);

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    @DisplayName("gives an access token for an hour, without a refresh token in the reply")
    void gives() {
        var answer = client.refresh().json();
        assertThat(answer.path("expires_in").asInt()).isEqualTo(3600);
        assertThat(answer.path("token_type").asText()).isEqualTo("Bearer");
        assertThat(answer.path("api_domain").asText()).isEqualTo(sandbox.baseUrl());
        assertThat(answer.has("refresh_token")).isFalse();
    }

    @Test
    @DisplayName("reads the parameters from the query and from multipart forms as well")
    void formats() {
        var query = client.send(client.request("/oauth/v2/token?" + Client.encoded(Client.credentials()))
                .POST(HttpRequest.BodyPublishers.noBody()));
        StringBuilder parts = new StringBuilder();
        Client.credentials()
                .forEach((name, value) -> parts.append(
                        "--xyz\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n"));
        var multipart = client.send(client.request("/oauth/v2/token")
                .header("Content-Type", "multipart/form-data; boundary=xyz")
                .POST(HttpRequest.BodyPublishers.ofString(parts + "--xyz--\r\n")));
        assertThat(query.json().has("access_token")).isTrue();
        assertThat(multipart.json().has("access_token")).isTrue();
    }

    @Test
    @DisplayName("answers wrong credentials with HTTP 200 and an error word")
    void refuses() {
        assertThat(refreshWith("client_id", "x")).isEqualTo("invalid_client");
        assertThat(refreshWith("client_secret", "x")).isEqualTo("invalid_client_secret");
        assertThat(refreshWith("refresh_token", "x")).isEqualTo("invalid_code");
    }

    @Test
    @DisplayName("denies the eleventh token within ten minutes, and gives one again later")
    void throttles() {
        for (int i = 0; i < 9; i++) {
            assertThat(client.refresh().json().has("access_token")).isTrue();
        }
        assertThat(client.refresh().json().path("error").asText()).isEqualTo("Access Denied");
        client.control("clock", Map.of("forward", "PT10M1S"));
        assertThat(client.refresh().json().has("access_token")).isTrue();
    }

    @Test
    @DisplayName("lets the sixteenth token kill the oldest")
    void keepsFifteen() {
        String oldest = client.refresh().json().path("access_token").asText();
        client.control("clock", Map.of("forward", "PT11M"));
        for (int i = 0; i < 15; i++) {
            if (i == 9) {
                client.control("clock", Map.of("forward", "PT11M"));
            }
            assertThat(client.refresh().json().has("access_token")).isTrue();
        }
        client.token(oldest);
        assertThat(client.get("/crm/v8/org").code()).isEqualTo("INVALID_TOKEN");
    }

    @Test
    @DisplayName("ends a token after an hour, and both APIs say so in their own words")
    void expires() {
        client.control("clock", Map.of("forward", "PT1H1S"));
        var crm = client.get("/crm/v8/org");
        var campaigns = client.get("/api/v1.1/getmailinglists?resfmt=JSON");
        assertThat(crm.status()).isEqualTo(401);
        assertThat(crm.code()).isEqualTo("INVALID_TOKEN");
        assertThat(campaigns.status()).isEqualTo(401);
        assertThat(campaigns.json().path("Code").asText()).isEqualTo("1007");
        assertThat(campaigns.json().path("URI").asText()).isEqualTo("/api/v1.1/getmailinglists");
    }

    @Test
    @DisplayName("revokes a refresh token with all its access tokens")
    void revokes() {
        var answer = client.form("/oauth/v2/token/revoke", Map.of("token", Sandbox.REFRESH_TOKEN));
        assertThat(answer.json().path("status").asText()).isEqualTo("success");
        assertThat(client.get("/crm/v8/org").status()).isEqualTo(401);
        assertThat(client.refresh().json().path("error").asText()).isEqualTo("invalid_code");
    }

    private String refreshWith(String name, String value) {
        Map<String, String> params = new HashMap<>(Client.credentials());
        params.put(name, value);
        var answer = client.form("/oauth/v2/token", params);
        assertThat(answer.status()).isEqualTo(200);
        return answer.json().path("error").asText();
    }
}
