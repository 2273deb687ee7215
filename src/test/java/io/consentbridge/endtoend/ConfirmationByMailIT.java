package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.consentbridge.api.ConsentTrial;
import io.consentbridge.api.NoticeKept;
import io.consentbridge.api.OperationFailure;
import io.consentbridge.api.PersonOrder;
import io.consentbridge.api.PurposeName;
import io.consentbridge.api.RunView;
import io.consentbridge.confirmation.Notices;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
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
                        .sync("ask", "Leads", "consent: required")
                        .purpose("letter")
                        .purpose(
                                "try",
                                "lawfulBasis: consent",
                                "notice: " + files.sandbox().baseUrl() + "/sandbox/mailbox",
                                "confirmation: {from: {name: A, address: news@example.com}, subject: Please answer}")
                        .purpose(
                                "gone",
                                "lawfulBasis: consent",
                                "notice: " + files.sandbox().baseUrl() + "/sandbox/nothing",
                                "confirmation: {from: {name: A, address: news@example.com}, subject: Please answer}"));
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
    @DisplayName(
            "A trial goes to the operator's address only and counts nowhere; check tells whether and when it succeeded")
    void trial() throws Exception {
        control("DELETE", "/sandbox/mail", "");
        long before = bridge.operations().confirmations().size();
        assertThat(bridge.operations().check().checked())
                .contains("the mail server answers")
                .anyMatch(line -> line.startsWith("purpose try asks by mail; no trial was answered yet. Try it with:"));

        assertThat(bridge.operations()
                        .tryConsent(new ConsentTrial("try", "operator@example.org"))
                        .served())
                .isTrue();
        assertThat(mails()).hasSize(1);
        assertThat(mails().get(0).path("to").asText()).isEqualTo("operator@example.org");
        assertThat(control("POST", "/sandbox/mail/click", "{\"confirm\":1}")
                        .path("confirmed")
                        .asInt())
                .isEqualTo(1);

        assertThat(bridge.operations().check().checked())
                .anyMatch(
                        line -> line.startsWith("purpose try asks by mail; a trial succeeded: it was answered at 20"));
        assertThat(bridge.operations().confirmations()).hasSize((int) before);
        assertThatThrownBy(() -> bridge.operations().tryConsent(new ConsentTrial("try", "nobody")))
                .isInstanceOf(OperationFailure.Refused.class);
        assertThatThrownBy(() -> bridge.operations().tryConsent(new ConsentTrial("letter", "a@example.org")))
                .isInstanceOf(OperationFailure.Refused.class);
        control("PUT", "/sandbox/mail", "{\"refuse\":\"operator\"}");
        assertThatThrownBy(() -> bridge.operations().tryConsent(new ConsentTrial("try", "operator@example.org")))
                .isInstanceOf(OperationFailure.OutOfReach.class)
                .hasMessageContaining("550 5.1.1");
        control("PUT", "/sandbox/mail", "{\"behave\":true}");
    }

    @Test
    @DisplayName("A trial by mail to somebody who must not be mailed is refused, and no mail leaves")
    void trialOfSomebody() throws Exception {
        control("DELETE", "/sandbox/mail", "");
        bridge.operations().suppress(new PersonOrder("gone@example.org", null, "by letter"));

        assertThatThrownBy(() -> bridge.operations().tryConsent(new ConsentTrial("try", " Gone@example.org")))
                .isInstanceOf(OperationFailure.Refused.class)
                .hasMessage(
                        "the address is one of somebody who must not be mailed (opted-out, connection main), so nobody was"
                                + " asked. Take an address of your own; consentbridge explain ADDRESS tells more");

        assertThat(mails()).isEmpty();
    }

    @Test
    @DisplayName("The privacy notice of a purpose is fetched, and its hash is kept")
    void notice() throws Exception {
        NoticeKept kept = bridge.operations().keepNotice(new PurposeName("try"));
        byte[] content = http.send(
                        HttpRequest.newBuilder(URI.create(kept.url())).build(), BodyHandlers.ofByteArray())
                .body();
        assertThat(kept.bytes()).isEqualTo(content.length);
        assertThat(kept.hash())
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(content)));
        assertThat(new Notices(bridge.runtime().database())
                        .at("try", Instant.now())
                        .orElseThrow()
                        .hash())
                .isEqualTo(kept.hash());
        assertThatThrownBy(() -> bridge.operations().keepNotice(new PurposeName("ask")))
                .isInstanceOf(OperationFailure.Refused.class)
                .hasMessageContaining("names no notice");
        assertThatThrownBy(() -> bridge.operations().keepNotice(new PurposeName("gone")))
                .isInstanceOf(OperationFailure.OutOfReach.class);
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
