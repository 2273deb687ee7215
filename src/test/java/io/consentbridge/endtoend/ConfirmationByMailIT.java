package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.consentbridge.api.RunView;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The whole loop: a run finds people without consent, each gets a mail, and who agrees on the page is on the list. */
class ConfirmationByMailIT {

    private static Bridge bridge;
    private static int port;

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void open() throws IOException {
        try (ServerSocket probe = new ServerSocket(0)) {
            port = probe.getLocalPort();
        }
        bridge = Bridge.openWithTriggers(
                40,
                files -> files.set("PUBLIC_PORT", "" + port)
                        .set("PUBLIC_URL", "http://127.0.0.1:" + port + "/ask")
                        .set("MAIL_SMTP_PORT", "" + files.sandbox().smtpPort())
                        .set("MAIL_SMTP_TLS", "none")
                        .set("CONFIRMATION_EVERY", "50ms")
                        .purpose(
                                "ask",
                                "lawfulBasis: consent",
                                "language: de",
                                "confirmation: {from: {name: Beispiel GmbH, address: news@example.com}, subject: Bitte antworten,"
                                        + " ground: {accepted: {by: Jane Doe, on: \"2026-11-01\", because: they asked at the fair}}}")
                        .sync("ask", "Leads", "consent: required"));
    }

    @AfterAll
    static void close() {
        bridge.close();
    }

    private JsonNode control(String method, String path, String body) throws Exception {
        return new ObjectMapper()
                .readTree(http.send(
                                HttpRequest.newBuilder(URI.create(
                                                bridge.files().sandbox().baseUrl() + path))
                                        .method(method, BodyPublishers.ofString(body))
                                        .build(),
                                BodyHandlers.ofString())
                        .body());
    }

    private JsonNode mails() throws Exception {
        return control("GET", "/sandbox/mail", "").path("mails");
    }

    @Test
    @DisplayName("Everybody whom a run asks gets one mail; who agrees on the page is on the list with the next tick")
    void loop() throws Exception {
        RunView run = bridge.complete("ask");
        int asked = run.ignored().get("consent-requested").intValue();
        assertThat(asked).isPositive();
        await().untilAsserted(() -> assertThat(mails()).hasSize(asked));
        assertThat(bridge.zoho().members("ask")).isEmpty();

        JsonNode clicked = control("POST", "/sandbox/mail/click", "{\"confirm\":1}");
        assertThat(clicked.path("confirmed").asInt()).isEqualTo(asked);
        await().untilAsserted(() -> assertThat(bridge.zoho().members("ask")).hasSize(asked));
        assertThat(mails()).hasSize(asked);
        assertThat(List.of(port)).containsExactly(bridge.runtime().publicPort().orElseThrow());
    }
}
