package io.consentbridge.confirmation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.consentbridge.TestFolders;
import io.consentbridge.config.Configuration;
import io.consentbridge.config.MailTemplate;
import io.consentbridge.config.PageSettings;
import io.consentbridge.confirmation.mail.BounceMailbox;
import io.consentbridge.confirmation.mail.BounceReports;
import io.consentbridge.confirmation.mail.ConfirmationMails;
import io.consentbridge.confirmation.page.PublicServer;
import io.consentbridge.confirmation.page.StoredRequests;
import io.consentbridge.sandbox.Sandbox;
import io.consentbridge.sandbox.SandboxOptions;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.TestDatabase;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.camel.Processor;
import org.apache.camel.RouteConfigurationsBuilder;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The loop by mail with its real routes, real SMTP and IMAP, the real page and a real database. */
@EveryEngine
@DisplayName("MailLoopIT: a request, its mail, the page, the answer")
class MailLoopIT {

    private final TestDatabase engine;
    private final Sandbox sandbox = Sandbox.start(SandboxOptions.defaults().withPeople(10));
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> edits = new ArrayList<>();
    private RequestFixture fixture;
    private DefaultCamelContext camel;
    private PublicServer page;

    MailLoopIT(TestDatabase engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() throws Exception {
        fixture = new RequestFixture(engine);
        start();
    }

    private void start() throws Exception {
        Path folder = TestFolders.make();
        Files.writeString(
                folder.resolve("application.properties"), """
                zoho.connections = main
                zoho.main.data-centre = eu
                zoho.main.client-id = id
                zoho.main.client-secret = secret
                zoho.main.refresh-token = token
                mail.smtp.host = 127.0.0.1
                mail.smtp.port = %s
                mail.smtp.tls = none
                mail.bounces.address = bounces@example.org
                mail.bounces.host = 127.0.0.1
                mail.bounces.protocol = imap
                mail.bounces.port = %s
                mail.bounces.user = bounces@example.org
                mail.bounces.password = any
                hold.first = 30s
                """.formatted(sandbox.smtpPort(), sandbox.imapPort()));
        Configuration read = (Configuration) Configuration.load(folder, Map.of());
        page = PublicServer.start(
                new StoredRequests(fixture.requests.links(), () -> fixture.purposes),
                new PageSettings(
                        "127.0.0.1",
                        0,
                        "http://127.0.0.1",
                        Optional.empty(),
                        10_000,
                        PageSettings.KeptAddress.TRUNCATED),
                fixture.outbox.clock);
        Map<String, String> env = new HashMap<>();
        env.put("PUBLIC_URL", "http://127.0.0.1:" + page.port());
        Configuration settings = (Configuration) Configuration.load(folder, env);
        ConfirmationMails mails = new ConfirmationMails(
                fixture.requests.claims(),
                fixture.requests.mails(),
                () -> new Configuration(
                        settings.settings(),
                        fixture.purposes,
                        Map.of(),
                        Map.of("news", MailTemplate.shipped("en"), "events", MailTemplate.shipped("en"))),
                () -> true,
                Duration.ofSeconds(30),
                Duration.ofMinutes(15),
                fixture.outbox.clock);
        camel = new DefaultCamelContext();
        camel.getRegistry().bind("confirmationMails", mails);
        camel.getRegistry().bind("confirmationSender", mails.sender());
        camel.getRegistry().bind("bounceReports", new BounceReports(fixture.requests.mails(), fixture.outbox.clock));
        camel.getRegistry()
                .bind(
                        "bounceMailbox",
                        new BounceMailbox(read.settings().asking().bounces()));
        camel.getRegistry().bind("runFlow", (Processor) exchange -> {});
        Properties placeholders = new Properties();
        placeholders.putAll(settings.settings().texts());
        placeholders.put("mail.bounces.mailbox", "imap:127.0.0.1:" + sandbox.imapPort());
        placeholders.put("mail.bounces.delete", "false");
        placeholders.put("mail.bounces.every", "100");
        camel.getPropertiesComponent().setInitialProperties(placeholders);
        load("""
                - routeConfiguration:
                    id: leave-failures-to-caller
                    errorHandler:
                      noErrorHandler: {}
                - routeConfiguration:
                    id: report-tick-failure
                    errorHandler:
                      noErrorHandler: {}
                """ + mailFailures());
        String routes = Files.readString(Path.of("routes/ask-consent.camel.yaml"));
        for (int i = 0; i < edits.size(); i += 2) {
            assertThat(routes).contains(edits.get(i));
            routes = routes.replace(edits.get(i), edits.get(i + 1));
        }
        load(routes);
        camel.start();
    }

    private static String mailFailures() throws Exception {
        String failures = Files.readString(Path.of("routes/failures.camel.yaml"));
        int from = failures.indexOf("- routeConfiguration:\n    id: report-mail-failure");
        return failures.substring(from, failures.indexOf("- routeConfiguration:", from + 1));
    }

    private void load(String text) throws Exception {
        Resource resource = ResourceHelper.fromString("file:x.camel.yaml", text);
        for (RoutesBuilder builder : PluginHelper.getRoutesLoader(camel).findRoutesBuilders(List.of(resource))) {
            if (builder instanceof RouteConfigurationsBuilder configurations) {
                camel.addRoutesConfigurations(configurations);
            }
            camel.addRoutes(builder);
        }
    }

    @AfterEach
    void close() {
        camel.stop();
        page.close();
        fixture.close();
        sandbox.close();
    }

    private void tick() {
        camel.createProducerTemplate().sendBody("direct:ask-consent", null);
    }

    private JsonNode control(String method, String path, String body) throws Exception {
        return new ObjectMapper()
                .readTree(http.send(
                                HttpRequest.newBuilder(URI.create(sandbox.baseUrl() + path))
                                        .method(method, BodyPublishers.ofString(body))
                                        .build(),
                                BodyHandlers.ofString())
                        .body());
    }

    private JsonNode mails() throws Exception {
        return control("GET", "/sandbox/mail", "").path("mails");
    }

    private List<String> states() {
        return fixture.outbox.database.query(
                handle -> handle.createQuery("select state from confirmation_request order by id")
                        .mapTo(String.class)
                        .list());
    }

    private List<String> queued() {
        return fixture.outbox.claim("one", 10).stream()
                .map(delivery -> delivery.person().address())
                .toList();
    }

    @Test
    @DisplayName(
            "Each person gets one mail; who agrees is in the outbox, who refuses is suppressed, who is silent is neither")
    void loop() throws Exception {
        for (int i = 1; i <= 12; i++) {
            fixture.ask(i);
        }
        tick();
        tick();
        assertThat(mails()).hasSize(12);
        assertThat(states()).containsOnly("sent");
        assertThat(mails().get(0).path("to").asText()).isEqualTo("p1@example.com");
        assertThat(mails().get(0).path("returnPath").asText()).isEqualTo("bounces@example.org");
        assertThat(control("GET", "/sandbox/mail/1", "").path("text").asText()).contains("Yes, write to me.");

        assertThat(control("POST", "/sandbox/mail/scan", "").path("links").asInt())
                .isEqualTo(24);
        assertThat(states()).containsOnly("sent");

        JsonNode clicked = control("POST", "/sandbox/mail/click", "{\"confirm\":0.5,\"refuse\":0.25,\"seed\":1}");
        assertThat(clicked.path("confirmed").asInt()).isPositive().isEqualTo(count("given"));
        assertThat(clicked.path("refused").asInt()).isPositive().isEqualTo(count("refused"));
        assertThat(clicked.path("ignored").asInt()).isPositive().isEqualTo(count("sent"));
        assertThat(queued()).hasSize(count("given"));
    }

    private int count(String state) {
        return (int) states().stream().filter(state::equals).count();
    }

    @Test
    @DisplayName("A link answers for its own purpose only, whatever the form says of another one")
    void ofAnotherPurpose() throws Exception {
        fixture.ask(1);
        fixture.askForMore(1, "events", "Yes, invite me.");
        tick();
        List<String> links = new ArrayList<>();
        for (int mail = 1; mail <= 2; mail++) {
            JsonNode read = control("GET", "/sandbox/mail/" + mail, "");
            assertThat(read.path("text").asText())
                    .contains(mail == 1 ? "Yes, write to me." : "Yes, invite me.")
                    .doesNotContain(mail == 1 ? "Yes, invite me." : "Yes, write to me.");
            links.add(read.path("links").get(0).asText());
        }
        assertThat(open(links.get(0))).contains("Yes, write to me.").doesNotContain("Yes, invite me.");
        assertThat(open(links.get(1))).contains("Yes, invite me.").doesNotContain("Yes, write to me.");

        assertThat(answer(links.get(0), "confirm&purpose=events")).contains("Yes, write to me.");
        assertThat(answers()).containsExactly("news given", "events sent");
        assertThat(answer(links.get(1), "refuse&purpose=news")).contains("Yes, invite me.");
        assertThat(answers()).containsExactly("news given", "events refused");
        answer(links.get(0), "refuse&purpose=events");
        answer(links.get(1), "confirm&purpose=news");
        assertThat(answers()).containsExactly("news withdrawn", "events refused");
    }

    private String open(String link) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create(link)).build(), BodyHandlers.ofString())
                .body();
    }

    private String answer(String link, String answer) throws Exception {
        String token = link.substring(link.lastIndexOf('/') + 1);
        return http.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + page.port() + "/answer"))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString("token=" + token + "&answer=" + answer))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    private List<String> answers() {
        return fixture.outbox.database.query(
                handle -> handle.createQuery("select purpose, state from confirmation_request order by id")
                        .map((row, context) -> row.getString("purpose") + " " + row.getString("state"))
                        .list());
    }

    @Test
    @DisplayName("What is stored of a mail is its Message-ID, its hash and the hash of the token, never the token")
    void stored() throws Exception {
        fixture.ask(1);
        tick();
        String link = mails().get(0).path("links").get(0).asText();
        String token = link.substring(link.lastIndexOf('/') + 1);
        fixture.outbox.database.query(handle -> {
            Map<String, Object> mail = handle.createQuery("select * from confirmation_mail")
                    .mapToMap()
                    .one();
            assertThat(mail.get("token_hash"))
                    .isEqualTo(ConfirmationToken.of(token).orElseThrow().hash());
            assertThat(mail.get("message_id")).asString().startsWith("<").endsWith("@example.com>");
            assertThat(mail.get("mail_hash")).asString().matches("[0-9a-f]{64}");
            assertThat(mail.toString()).doesNotContain(token);
            return null;
        });
    }

    @ParameterizedTest
    @CsvSource({"refuse, bounced", "later, requested"})
    @DisplayName(
            "A refused recipient is a bounce; one that is postponed is asked later, when the server takes the mail")
    void refused(String how, String state) throws Exception {
        control("PUT", "/sandbox/mail", "{\"" + how + "\":\"^p1@\"}");
        fixture.ask(1);
        fixture.ask(2);
        tick();
        assertThat(states()).containsExactly(state, "sent");
        control("PUT", "/sandbox/mail", "{\"behave\":true}");
        fixture.outbox.clock.pass(Duration.ofHours(1));
        tick();
        assertThat(states()).containsExactly(state.equals("bounced") ? "bounced" : "sent", "sent");
        assertThat(mails()).hasSize(state.equals("bounced") ? 1 : 2);
    }

    @Test
    @DisplayName("While the server is down nobody is lost, and one try each time is enough to see it")
    void down() throws Exception {
        control("PUT", "/sandbox/mail", "{\"down\":true}");
        for (int i = 1; i <= 5; i++) {
            fixture.ask(i);
        }
        tick();
        tick();
        assertThat(states()).containsOnly("requested");
        assertThat(fixture.count("confirmation_mail")).isEqualTo(1);
        control("PUT", "/sandbox/mail", "{\"down\":false}");
        fixture.outbox.clock.pass(Duration.ofHours(1));
        tick();
        assertThat(states()).containsOnly("sent");
        assertThat(mails()).hasSize(5);
    }

    @Test
    @DisplayName("A mail that is taken and comes back later ends its request, by the report in the mailbox")
    void comesBack() throws Exception {
        control("PUT", "/sandbox/mail", "{\"bounce\":\"^p1@\"}");
        fixture.ask(1);
        fixture.ask(2);
        tick();
        assertThat(states()).containsOnly("sent");
        camel.getRouteController().startRoute("read-bounces");
        await().untilAsserted(() -> assertThat(states()).containsExactly("bounced", "sent"));
        control("POST", "/sandbox/mail/click", "{\"confirm\":1}");
        assertThat(states()).containsExactly("bounced", "given");
    }

    @Test
    @DisplayName("A mail of which the server only says that it tries on ends nothing")
    void delayed() throws Exception {
        control("PUT", "/sandbox/mail", "{\"bounce\":\"^p1@\",\"status\":\"4.4.1\"}");
        fixture.ask(1);
        tick();
        control("PUT", "/sandbox/mail", "{\"bounce\":\"^p2@\",\"status\":\"5.1.1\"}");
        fixture.ask(2);
        tick();
        camel.getRouteController().startRoute("read-bounces");
        await().untilAsserted(() -> assertThat(states()).containsExactly("sent", "bounced"));
    }

    @Test
    @DisplayName("A route that changes recipient, text or person of a mail sends nothing")
    void edited() throws Exception {
        List<String> attempts = List.of(
                "${body.message.setSubject('Buy now')}",
                "${body.message.addHeader('Bcc', 'other@example.com')}",
                "${body.message.setHeader('To', 'other@example.com')}");
        for (String attempt : attempts) {
            camel.stop();
            page.close();
            edits.clear();
            edits.addAll(List.of(
                    "        - bean:\n            id: take-message",
                    "        - setVariable:\n            name: x\n            expression:\n              simple:\n                expression: \""
                            + attempt + "\"\n        - bean:\n            id: take-message"));
            start();
            fixture.ask(attempts.indexOf(attempt) + 1);
            tick();
            assertThat(mails()).isEmpty();
            assertThat(states()).containsOnly("requested");
        }
    }

    @Test
    @DisplayName("A mail that a route sends twice arrives once")
    void twice() throws Exception {
        camel.stop();
        page.close();
        edits.addAll(
                List.of(
                        "        - bean:\n            id: record-sent",
                        "        - setBody:\n            expression:\n              simple:\n                expression: \"${exchangeProperty.confirmationMail}\"\n"
                                + "        - to:\n            uri: direct:send-confirmation\n        - bean:\n            id: record-sent"));
        start();
        fixture.ask(1);
        tick();
        fixture.outbox.clock.pass(Duration.ofDays(1));
        tick();
        assertThat(mails()).hasSize(1);
        assertThat(states()).containsExactly("sent");
    }
}
