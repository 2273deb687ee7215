package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.consentbridge.api.ExplainView;
import io.consentbridge.api.LedgerCheck;
import io.consentbridge.api.LedgerFolder;
import io.consentbridge.api.PendingView;
import io.consentbridge.api.PersonErasure;
import io.consentbridge.api.PersonFolder;
import io.consentbridge.api.PersonOrder;
import io.consentbridge.api.RunView;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The README's guide to asking for consent and to an erasure, followed to the letter. */
class ConsentGuideIT {

    private static final Pattern PERSON = Pattern.compile("person erase (\\S+@\\S+)");
    private static final Pattern RECORD = Pattern.compile("sandbox/records/Leads/(\\d+)\\n");
    private static final Pattern PENDING = Pattern.compile("main {8}product-news {2}(\\w+) +(\\d+)\\n");

    private static Bridge bridge;
    private static String guide;
    private static String page;

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void open() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        int from = readme.indexOf("\n## Asking for consent, and an erasure\n");
        guide = readme.substring(from, readme.indexOf("\n## ", from + 1));
        int port;
        try (ServerSocket probe = new ServerSocket(0)) {
            port = probe.getLocalPort();
        }
        page = "http://127.0.0.1:" + port;
        String purpose = Files.readString(Path.of("samples/config/purposes/product-news.yaml"));
        bridge = Bridge.openWithTriggers(
                Integer.parseInt(found(Pattern.compile("--people (\\d+)"))),
                files -> files.samples()
                        .write("config/purposes/product-news.yaml", purpose)
                        .set("PUBLIC_PORT", "" + port)
                        .set("PUBLIC_URL", page)
                        .set("MAIL_SMTP_PORT", "" + files.sandbox().smtpPort())
                        .set("MAIL_SMTP_TLS", "none")
                        .set("CONFIRMATION_EVERY", "50ms"));
    }

    @AfterAll
    static void close() {
        bridge.close();
    }

    private static String found(Pattern pattern) {
        Matcher matcher = pattern.matcher(guide);
        assertThat(matcher.find()).as(pattern.pattern()).isTrue();
        return matcher.group(1);
    }

    private Map<String, Long> pending() {
        return bridge.operations().pending("product-news").totals().stream()
                .collect(Collectors.toMap(PendingView.Total::state, PendingView.Total::requests));
    }

    private JsonNode mails() throws Exception {
        return new ObjectMapper()
                .readTree(get(bridge.files().sandbox().baseUrl() + "/sandbox/mail"))
                .path("mails");
    }

    private String get(String url) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
                .body();
    }

    private String agree(String link) throws Exception {
        HttpRequest press = HttpRequest.newBuilder(URI.create(page + "/answer"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("answer=confirm&token=" + link.substring(link.lastIndexOf('/') + 1)))
                .build();
        return http.send(press, BodyHandlers.ofString()).body();
    }

    private String linkTo(String person) throws Exception {
        for (JsonNode mail : mails()) {
            if (mail.path("to").asText().equals(person)) {
                return mail.path("links").path(0).asText();
            }
        }
        throw new AssertionError("no mail to " + person);
    }

    @Test
    @DisplayName("the README's guide to asking for consent and to an erasure does what it says there")
    void guide() throws Exception {
        String person = found(PERSON);
        String record = found(RECORD);
        Matcher states = PENDING.matcher(guide);
        assertThat(states.find()).isTrue();
        long asked = Long.parseLong(states.group(2));

        assertThat(bridge.operations().check().problems()).isEmpty();
        RunView run = bridge.complete("newsletter-leads");
        assertThat(run.ignored()).containsEntry("consent-requested", asked);
        await().atMost(Duration.ofSeconds(30)).until(() -> pending().equals(Map.of(states.group(1), asked)));
        assertThat(get(bridge.files().sandbox().baseUrl() + "/sandbox/mailbox")).contains(person);

        String link = linkTo(person);
        assertThat(get(link)).contains("Yes, I agree");
        assertThat(agree(link)).contains("Thank you");
        await().atMost(Duration.ofSeconds(10))
                .until(() ->
                        "active".equals(bridge.zoho().statuses("Product News").get(person)));
        ExplainView explained = bridge.operations().explain(person);
        assertThat(explained.requests()).extracting(ExplainView.Asked::state).containsExactly("given");
        assertThat(explained.records())
                .extracting(ExplainView.RecordDecision::record)
                .containsExactly(record);

        Path audit = bridge.files().folder().resolve("audit");
        bridge.operations().exportLedger(new LedgerFolder(audit.toString()));
        verifies(audit.resolve("Verify.java"), audit);
        Path held = bridge.files().folder().resolve("held");
        bridge.operations().exportPerson(new PersonFolder(person, held.toString()));
        verifies(held.resolve("ledger/VerifyProofs.java"), held.resolve("ledger"));

        PersonErasure begun = bridge.operations().erase(new PersonOrder(person, null, null));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> bridge.operations().erasure(begun.erasure()).done());
        assertThat(bridge.zoho().statuses("Product News")).containsEntry(person, "unsub");
        bridge.zoho().change("Leads", record, Map.of("Company", "New Ltd"));
        RunView again = bridge.complete("newsletter-leads");
        assertThat(again.total()).isOne();
        assertThat(again.ignored()).containsEntry("opted-out", 1L);
        assertThat(bridge.operations().explain(person).unknown()).isTrue();
        assertThat(bridge.operations()
                        .verifyLedger(new LedgerCheck(List.of(Files.readString(audit.resolve("checkpoint")))))
                        .sound())
                .isTrue();
    }

    private static void verifies(Path program, Path folder) throws Exception {
        Path out = folder.resolveSibling(program.getFileName() + ".out");
        Process java = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java", program.toString(), folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertThat(java.waitFor()).as(Files.readString(out)).isZero();
        assertThat(Files.readString(out)).startsWith("FITS");
    }
}
