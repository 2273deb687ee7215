package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.RequestOptions;
import io.consentbridge.consent.Person;
import io.consentbridge.ledger.EventKind;
import io.consentbridge.ledger.LedgerEntry;
import io.consentbridge.ledger.PersonLedger;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The public page in a browser: Chromium follows the links of mails that a running product sent. Each person was asked for
 * two purposes; a test takes people of its own.
 */
class ConfirmationPageIT extends BridgeFixture {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int PEOPLE = 20;
    private static final String NEWS =
            "Neuigkeiten per E-Mail, etwa einmal im Monat (www.example.com/datenschutz/was-wir-mit-ihrer-adresse-tun)";
    private static final String EVENTS = "Invitations to our events";
    private static final String YES = "Ja, ich bin einverstanden";
    private static final String NO = "Nein, ich bin nicht einverstanden";
    private static final String WITHDRAW = "Ich widerrufe meine Einwilligung";
    private static final Set<EventKind> ANSWERS = Set.of(EventKind.GIVEN, EventKind.REFUSED, EventKind.WITHDRAWN);

    private static final Deque<Visitor> VISITORS = new ArrayDeque<>();
    private static Chromium chromium;
    private static String page;

    /** One mail of the sandbox's mailbox, with its links. */
    private record Mail(String shown, String link, String refusing) {
        String token() {
            return link.substring(link.lastIndexOf('/') + 1);
        }
    }

    /** A person, with the mails about the two purposes. */
    private record Visitor(String email, Mail news, Mail events) {}

    @BeforeAll
    static void open() throws Exception {
        Chromium.assumePossible();
        int port;
        try (ServerSocket probe = new ServerSocket(0)) {
            port = probe.getLocalPort();
        }
        page = "http://127.0.0.1:" + port + "/ask";
        bridge = Bridge.openWithTriggers(
                10,
                files -> files.set("PUBLIC_PORT", "" + port)
                        .set("PUBLIC_URL", page)
                        .set("PUBLIC_PER_MINUTE", "10000")
                        .set("MAIL_SMTP_PORT", "" + files.sandbox().smtpPort())
                        .set("MAIL_SMTP_TLS", "none")
                        .set("CONFIRMATION_EVERY", "50ms")
                        .purpose(
                                "news",
                                "lawfulBasis: consent",
                                "language: de",
                                "statement: \"" + NEWS + "\"",
                                "controller: {name: Beispiel GmbH, address: \"Hauptstraße 1, 70173 Stuttgart\","
                                        + " contact: datenschutz@example.com}",
                                asking("Bitte antworten"))
                        .sync("news", "Leads", "consent: required")
                        .purpose(
                                "events",
                                "lawfulBasis: consent",
                                "language: en",
                                "statement: " + EVENTS,
                                asking("Please answer"))
                        .sync("events", "Leads", "consent: required"));
        bridge.zoho()
                .createAll(
                        "Leads",
                        IntStream.range(0, PEOPLE)
                                .mapToObj(i -> Bridge.fields(email(i), Map.of()))
                                .toList());
        bridge.complete("news");
        bridge.complete("events");
        await().atMost(PATIENCE).untilAsserted(() -> meet(mails()));
        chromium = Chromium.start();
    }

    private static String asking(String subject) {
        return "confirmation: {from: {name: Beispiel GmbH, address: news@example.com}, subject: " + subject
                + ", ground: {accepted: {by: Jane Doe, on: \"2026-11-01\", because: they asked at the fair}}}";
    }

    private static String email(int number) {
        return "visitor" + number + "@c1.example.com";
    }

    private static JsonNode mails() throws IOException, InterruptedException {
        HttpRequest list = HttpRequest.newBuilder(URI.create(bridge.zoho().url() + "/sandbox/mail"))
                .build();
        return new ObjectMapper()
                .readTree(HttpClient.newHttpClient()
                        .send(list, BodyHandlers.ofString())
                        .body())
                .path("mails");
    }

    /** Everybody has both mails. */
    private static void meet(JsonNode mails) {
        Map<String, Map<String, Mail>> byPerson = new HashMap<>();
        for (JsonNode mail : mails) {
            byPerson.computeIfAbsent(mail.path("to").asText(), to -> new HashMap<>())
                    .put(
                            mail.path("subject").asText(),
                            new Mail(
                                    bridge.zoho().url() + "/sandbox/mailbox/"
                                            + mail.path("id").asText(),
                                    mail.path("links").get(0).asText(),
                                    mail.path("links").get(1).asText()));
        }
        VISITORS.clear();
        for (int i = 0; i < PEOPLE; i++) {
            Map<String, Mail> two = byPerson.getOrDefault(email(i), Map.of());
            assertThat(two).containsOnlyKeys("Bitte antworten", "Please answer");
            VISITORS.add(new Visitor(email(i), two.get("Bitte antworten"), two.get("Please answer")));
        }
    }

    @AfterAll
    static void quit() {
        if (chromium != null) {
            chromium.close();
            chromium = null;
        }
    }

    private static PageVisit visit(Browser.NewContextOptions options) {
        return visit(chromium.browser(), options);
    }

    private static PageVisit visit(Browser browser, Browser.NewContextOptions options) {
        return new PageVisit(
                browser,
                options.setLocale("de-DE"),
                List.of(page + "/", bridge.zoho().url() + "/"));
    }

    private static PageVisit visit(boolean script) {
        return visit(new Browser.NewContextOptions().setJavaScriptEnabled(script));
    }

    private static String state(Visitor visitor, String purpose) {
        return bridge.runtime()
                .database()
                .query(handle -> handle.createQuery(
                                "select state from confirmation_request where address = :address and purpose = :purpose")
                        .bind("address", visitor.email())
                        .bind("purpose", purpose)
                        .mapTo(String.class)
                        .one());
    }

    /** What the ledger has of the visitor's answers, in order. */
    private static List<String> answers(Visitor visitor) {
        return new PersonLedger(bridge.runtime().database())
                .of(new Person(visitor.email())).stream()
                        .filter(entry -> ANSWERS.contains(entry.event()))
                        .map(ConfirmationPageIT::shortly)
                        .toList();
    }

    private static String shortly(LedgerEntry entry) {
        return entry.purpose() + " " + entry.event().word();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("The link of the mail opens the page with the wording, its language, who asks and two buttons")
    void opens(boolean script) {
        Visitor visitor = VISITORS.pop();
        try (PageVisit visit = visit(script)) {
            visit.open(visitor.news().shown());
            Page shown = visit.page();
            int code = visit.leave(() -> shown.getByRole(
                            AriaRole.LINK,
                            new Page.GetByRoleOptions()
                                    .setName(visitor.news().link())
                                    .setExact(true))
                    .first()
                    .click());

            assertThat(code).isEqualTo(200);
            assertThat(visit.heading()).isEqualTo("Sind Sie einverstanden?").isEqualTo(shown.title());
            assertThat(shown.locator("html").getAttribute("lang")).isEqualTo("de");
            assertThat(shown.getByRole(AriaRole.BLOCKQUOTE).innerText()).isEqualTo(NEWS);
            assertThat(shown.getByRole(AriaRole.MAIN).innerText())
                    .contains("Wer fragt", "Beispiel GmbH\nHauptstraße 1, 70173 Stuttgart\ndatenschutz@example.com");
            assertThat(visit.buttons()).containsExactly(YES, NO);

            visit.open(visitor.events().refusing());
            assertThat(visit.heading()).isEqualTo("Do you want to say no?");
            assertThat(shown.locator("html").getAttribute("lang")).isEqualTo("en");
            assertThat(visit.buttons()).containsExactly("No, I do not agree", "Yes, I agree");
        }
        assertThat(answers(visitor)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName(
            "The large button confirms; to reload the answer or go back changes nothing and says what was answered")
    void confirms(boolean script) {
        Visitor visitor = VISITORS.pop();
        try (PageVisit visit = visit(script)) {
            visit.open(visitor.news().link());
            visit.picture("asked-" + script);
            BoundingBox yes = visit.button(YES).boundingBox();
            assertThat(yes.height).isGreaterThanOrEqualTo(48);
            assertThat(yes.width).isGreaterThanOrEqualTo(300);

            assertThat(visit.press(YES)).isEqualTo(200);
            assertThat(visit.heading()).isEqualTo("Vielen Dank");
            assertThat(visit.buttons()).isEmpty();
            assertThat(visit.page().url()).doesNotContain(visitor.news().token());
            assertThat(visit.page().content()).doesNotContain(visitor.news().token());
            visit.picture("confirmed-" + script);

            assertThat(visit.reload()).isEqualTo(200);
            assertThat(visit.heading()).isEqualTo("Sie haben bereits eingewilligt");
            assertThat(visit.buttons()).containsExactly(WITHDRAW);
            visit.picture("reloaded-" + script);
            assertThat(visit.back()).isEqualTo(200);
            assertThat(visit.heading()).isEqualTo("Sie haben bereits eingewilligt");
        }
        assertThat(state(visitor, "news")).isEqualTo("given");
        assertThat(answers(visitor)).containsExactly("news given");
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(bridge.zoho().statuses("news")).containsEntry(visitor.email(), "active"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("The other button refuses, for good: neither the answer reloaded nor the link again offers to agree")
    void refuses(boolean script) {
        Visitor visitor = VISITORS.pop();
        try (PageVisit visit = visit(script)) {
            visit.open(visitor.news().link());
            assertThat(visit.press(NO)).isEqualTo(200);
            assertThat(visit.heading()).isEqualTo("Sie haben abgelehnt");
            visit.picture("refused-" + script);
            assertThat(visit.reload()).isEqualTo(200);
            assertThat(visit.heading()).isEqualTo("Sie haben bereits abgelehnt");
            assertThat(visit.open(visitor.news().link())).isEqualTo(200);
            assertThat(visit.heading()).isEqualTo("Sie haben bereits abgelehnt");
            assertThat(visit.buttons()).isEmpty();
        }
        assertThat(state(visitor, "news")).isEqualTo("refused");
        assertThat(answers(visitor)).containsExactly("news refused");
    }

    @Test
    @DisplayName("Who agreed can take it back by the same link")
    void withdraws() {
        Visitor visitor = VISITORS.pop();
        try (PageVisit visit = visit(false)) {
            visit.open(visitor.news().refusing());
            assertThat(visit.press(YES)).isEqualTo(200);
            visit.open(visitor.news().link());
            assertThat(visit.press(WITHDRAW)).isEqualTo(200);
            assertThat(visit.heading()).isEqualTo("Sie haben abgelehnt");
        }
        assertThat(state(visitor, "news")).isEqualTo("withdrawn");
        assertThat(answers(visitor)).containsExactly("news given", "news withdrawn");
    }

    @Test
    @DisplayName("Reload, back, scanners and a browser that fetches links beforehand change nothing")
    void looking() {
        Visitor visitor = VISITORS.pop();
        String link = visitor.news().link();
        try (PageVisit visit = visit(true)) {
            visit.page()
                    .route(
                            page + "/letter",
                            route -> route.fulfill(new Route.FulfillOptions()
                                    .setContentType("text/html")
                                    .setBody("<!DOCTYPE html><title>Letter</title><link rel=\"prefetch\" href=\"" + link
                                            + "\"><p>News")));
            visit.open(page + "/letter");
            visit.page()
                    .waitForFunction("link => performance.getEntriesByName(link).some(it => it.responseEnd > 0)", link);

            for (String each : List.of(link, visitor.news().refusing())) {
                assertThat(visit.open(each)).isEqualTo(200);
                assertThat(visit.reload()).isEqualTo(200);
                assertThat(visit.back()).isEqualTo(200);
                assertThat(visit.page().request().head(each).status()).isEqualTo(200);
                APIResponse scan = visit.page().request().get(each);
                assertThat(scan.status()).isEqualTo(200);
                assertThat(scan.text()).contains(YES);
            }
        }
        assertThat(state(visitor, "news")).isEqualTo("sent");
        assertThat(answers(visitor)).isEmpty();
    }

    @Test
    @DisplayName("Two quick clicks on the button are one consent")
    void doubleClick() {
        Visitor visitor = VISITORS.pop();
        try (PageVisit visit = visit(true)) {
            visit.open(visitor.news().link());
            visit.expectAbortedRequests();
            visit.leave(() -> visit.button(YES).dblclick());
            assertThat(visit.heading()).isIn("Vielen Dank", "Sie haben bereits eingewilligt");
        }
        assertThat(answers(visitor)).containsExactly("news given");
    }

    @ParameterizedTest
    @CsvSource({"1, Enter, news given", "2, Space, news refused"})
    @DisplayName("The page can be answered by keyboard alone, and shows which button has the focus")
    void keyboard(int tabs, String key, String answer) {
        Visitor visitor = VISITORS.pop();
        try (PageVisit visit = visit(false)) {
            visit.open(visitor.news().link());
            for (int i = 0; i < tabs; i++) {
                visit.page().keyboard().press("Tab");
            }
            visit.picture("focus-" + tabs);
            PageLook.Ring ring = new PageLook(visit.page()).ring();
            assertThat(ring.on()).isEqualTo(tabs == 1 ? YES : NO);
            assertThat(ring.width()).isGreaterThanOrEqualTo(2);
            assertThat(ring.contrast()).isGreaterThanOrEqualTo(3);

            assertThat(visit.leave(() -> visit.page().keyboard().press(key))).isEqualTo(200);
        }
        assertThat(answers(visitor)).containsExactly(answer);
    }

    @ParameterizedTest
    @CsvSource({"320, false", "320, true", "390, false", "1280, true"})
    @DisplayName("Nothing overflows or is cut off, on a narrow screen and with text of twice the size")
    void fits(int width, boolean large) {
        Visitor visitor = VISITORS.pop();
        Browser browser = large ? chromium.largeText() : chromium.browser();
        try (PageVisit visit = visit(browser, new Browser.NewContextOptions().setViewportSize(width, 640))) {
            String name = "-" + width + (large ? "-large" : "");

            visit.open(visitor.news().link());
            fits(visit, "ask" + name);
            visit.press(YES);
            fits(visit, "thanks" + name);
            visit.reload();
            fits(visit, "already" + name);
            visit.press(WITHDRAW);
            fits(visit, "no" + name);
            visit.open(page + "/c/unknown");
            fits(visit, "unknown" + name);
            visit.open(page + "/answer");
            fits(visit, "answer" + name);
        }
    }

    private static void fits(PageVisit visit, String name) {
        visit.picture(name);
        assertThat(new PageLook(visit.page()).tooWide()).as(name).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"LIGHT", "DARK"})
    @DisplayName("All text stands out from its background, in light and dark surroundings")
    void contrast(ColorScheme scheme) {
        Visitor visitor = VISITORS.pop();
        try (PageVisit visit = visit(new Browser.NewContextOptions().setColorScheme(scheme))) {
            visit.open(visitor.news().link());
            assertThat(new PageLook(visit.page()).faint(4.5)).isEmpty();
            visit.picture("colours-" + scheme);
            visit.button(YES).hover();
            assertThat(new PageLook(visit.page()).faint(4.5)).isEmpty();
            visit.press(YES);
            assertThat(new PageLook(visit.page()).faint(4.5)).isEmpty();
            visit.reload();
            assertThat(new PageLook(visit.page()).faint(4.5)).isEmpty();
            visit.open(page + "/c/unknown");
            assertThat(new PageLook(visit.page()).faint(4.5)).isEmpty();
        }
    }

    @Test
    @DisplayName("A link that is cut or too old, and the address of the answers, get a page that says what to do")
    void noLongerValid() {
        Visitor visitor = VISITORS.pop();
        bridge.runtime()
                .database()
                .change(handle -> handle.execute(
                        "update confirmation_request set expires_at = ? where address = ? and purpose = 'news'",
                        Instant.now().minusSeconds(1),
                        visitor.email()));
        try (PageVisit visit = visit(false)) {
            assertThat(visit.open(visitor.news().link())).isEqualTo(410);
            visit.picture("expired");
            assertThat(visit.heading()).isEqualTo("Dieser Link ist zu alt");
            assertThat(visit.buttons()).containsExactly("Fragen Sie mich nicht noch einmal");

            String link = visitor.events().link();
            assertThat(visit.open(link.substring(0, link.length() - 1))).isEqualTo(404);
            assertThat(visit.heading()).isEqualTo("Wir kennen diesen Link nicht");
            assertThat(visit.page().locator("html").getAttribute("lang")).isEqualTo("de");
            assertThat(visit.buttons()).isEmpty();

            assertThat(visit.open(page + "/answer")).isEqualTo(405);
            assertThat(visit.heading()).isEqualTo("Öffnen Sie den Link in der E-Mail noch einmal");
        }
        assertThat(answers(visitor)).isEmpty();
    }

    @Test
    @DisplayName("A link answers for its own purpose only, even when its token is sent from the page of another one")
    void ofAnotherPurpose() {
        Visitor visitor = VISITORS.pop();
        try (PageVisit visit = visit(true)) {
            visit.open(visitor.events().link());
            visit.page()
                    .locator("input[name=token]")
                    .evaluate(
                            "(field, token) => field.value = token",
                            visitor.news().token());
            assertThat(visit.press("Yes, I agree")).isEqualTo(200);
            assertThat(visit.heading()).isEqualTo("Vielen Dank");
            assertThat(visit.page().getByRole(AriaRole.BLOCKQUOTE).innerText()).isEqualTo(NEWS);
            assertThat(state(visitor, "news")).isEqualTo("given");
            assertThat(state(visitor, "events")).isEqualTo("sent");

            APIResponse answer = visit.page()
                    .request()
                    .post(
                            page + "/answer?purpose=news",
                            RequestOptions.create()
                                    .setForm(FormData.create()
                                            .set("token", visitor.events().token())
                                            .set("answer", "refuse")
                                            .set("purpose", "news")));
            assertThat(answer.status()).isEqualTo(200);
        }
        assertThat(state(visitor, "news")).isEqualTo("given");
        assertThat(state(visitor, "events")).isEqualTo("refused");
        assertThat(answers(visitor)).containsExactly("news given", "events refused");
    }
}
