package io.consentbridge.confirmation.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consentbridge.config.PageSettings;
import io.consentbridge.config.PageSettings.KeptAddress;
import io.consentbridge.confirmation.ConfirmationToken;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The public page over plain HTTP, as a browser without JavaScript uses it. */
class PublicPageTest {

    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    private static final String STATEMENT = "News of <our> products & offers";
    private static final Pattern FIELD = Pattern.compile("name=\"token\" value=\"([^\"]*)\"");
    private static final Pattern ACTION = Pattern.compile("<form method=\"post\" action=\"([^\"]*)\"");

    private final Requests requests = new Requests();
    private final HttpClient http = HttpClient.newHttpClient();
    private PublicServer server = serve(1_000, KeptAddress.TRUNCATED);

    /** Requests in memory. */
    private static final class Requests implements PageRequests {
        final Map<String, Asked> byHash = new ConcurrentHashMap<>();
        final List<PageAnswer> answers = new ArrayList<>();
        boolean away;

        ConfirmationToken add(LinkState state, String language) {
            ConfirmationToken token = ConfirmationToken.random();
            byHash.put(token.hash(), new Asked(state, language, STATEMENT, "Example GmbH\nMain Street 1"));
            return token;
        }

        @Override
        public Asked find(String hash) {
            if (away) {
                throw new IllegalStateException("no database");
            }
            return byHash.getOrDefault(hash, Asked.NOTHING);
        }

        @Override
        public synchronized AnswerTaken answer(String hash, PageAnswer answer) {
            Asked asked = find(hash);
            boolean takes = answer.agrees() ? asked.state() == LinkState.OPEN : asked.state() != LinkState.REFUSED;
            if (!takes || asked.state() == LinkState.UNKNOWN) {
                return new AnswerTaken(asked, false);
            }
            answers.add(answer);
            Asked after = new Asked(
                    answer.agrees() ? LinkState.CONFIRMED : LinkState.REFUSED,
                    asked.language(),
                    asked.statement(),
                    asked.controller());
            byHash.put(hash, after);
            return new AnswerTaken(after, true);
        }
    }

    private PublicServer serve(int perMinute, KeptAddress kept) {
        return PublicServer.start(
                requests,
                new PageSettings(
                        "127.0.0.1",
                        0,
                        "https://consent.example.com/ask",
                        Optional.of("X-Forwarded-For"),
                        perMinute,
                        kept),
                () -> NOW);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<String> send(String method, String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/x-www-form-urlencoded");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send("GET", path, null);
    }

    private HttpResponse<String> press(ConfirmationToken token, String answer) throws Exception {
        return send("POST", "/answer", "token=" + token.text() + "&answer=" + answer);
    }

    @Test
    @DisplayName(
            "The page shows the wording, who asks and two buttons, in the language of the purpose; its button confirms")
    void confirms() throws Exception {
        ConfirmationToken token = requests.add(LinkState.OPEN, "de");
        HttpResponse<String> page = get("/c/" + token.text());
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("<html lang=\"de\">", "News of &lt;our&gt; products &amp; offers", "Example GmbH")
                .contains("Ja, ich bin einverstanden", "Nein, ich bin nicht einverstanden")
                .doesNotContain("<script", "src=", "http://", "https://");

        Matcher action = ACTION.matcher(page.body());
        Matcher field = FIELD.matcher(page.body());
        assertThat(action.find() && field.find()).isTrue();
        HttpResponse<String> answer =
                send("POST", action.group(1), "token=" + field.group(1) + "&answer=confirm", "User-Agent", "Browser");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("Vielen Dank").doesNotContain(token.text());
        assertThat(requests.answers).containsExactly(new PageAnswer(true, NOW, "Browser", "127.0.0.0/24"));
    }

    @Test
    @DisplayName("The second button refuses, and the link for those who refuse shows it first")
    void refuses() throws Exception {
        ConfirmationToken token = requests.add(LinkState.OPEN, "en");
        String page = get("/ask/r/" + token.text()).body();
        assertThat(page.indexOf("value=\"refuse\"")).isLessThan(page.indexOf("value=\"confirm\""));
        assertThat(page).contains("Do you want to say no?");
        assertThat(press(token, "refuse").body()).contains("You have said no");
        assertThat(requests.answers).singleElement().matches(answer -> !answer.agrees());
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD"})
    @DisplayName("A scanner that follows every link of a mail changes nothing, however often it comes")
    void scanners(String method) throws Exception {
        ConfirmationToken token = requests.add(LinkState.OPEN, "en");
        for (int i = 0; i < 3; i++) {
            for (String path : List.of("/c/", "/r/", "/ask/c/", "/ask/r/")) {
                HttpResponse<String> reply = send(method, path + token.text(), null);
                assertThat(reply.statusCode()).isEqualTo(200);
                assertThat(reply.body().isEmpty()).isEqualTo(method.equals("HEAD"));
            }
            assertThat(send(method, "/answer?token=" + token.text() + "&answer=confirm", null)
                            .statusCode())
                    .isEqualTo(405);
        }
        assertThat(requests.answers).isEmpty();
        assertThat(requests.find(token.hash()).state()).isEqualTo(LinkState.OPEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS"})
    @DisplayName("Other methods are not allowed on a link, not even POST")
    void methods(String method) throws Exception {
        ConfirmationToken token = requests.add(LinkState.OPEN, "en");
        HttpResponse<String> reply = send(method, "/c/" + token.text(), "answer=confirm&token=" + token.text());
        assertThat(reply.statusCode()).isEqualTo(405);
        assertThat(reply.headers().firstValue("Allow")).hasValue("GET, HEAD");
        assertThat(requests.answers).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "CONFIRMED, 200, You have agreed already, 200, I withdraw my consent",
        "REFUSED, 200, You have said no already, 409,",
        "EXPIRED, 410, This link is too old, 410, Do not ask me again",
        "REPLACED, 410, This link is no longer valid, 410, Do not ask me again"
    })
    @DisplayName(
            "By a link that is used, refused, too old or replaced nobody can agree any more, but everybody can say no")
    void used(LinkState state, int code, String title, int codeOfConsent, String button) throws Exception {
        ConfirmationToken token = requests.add(state, "en");
        HttpResponse<String> page = get("/c/" + token.text());
        assertThat(page.statusCode()).isEqualTo(code);
        assertThat(page.body()).contains(title).doesNotContain("value=\"confirm\"");
        assertThat(page.body().contains("<button")).isEqualTo(button != null);
        if (button != null) {
            assertThat(page.body()).contains(button);
        }

        HttpResponse<String> consent = press(token, "confirm");
        assertThat(consent.statusCode()).isEqualTo(codeOfConsent);
        assertThat(consent.body()).contains(title);
        assertThat(requests.answers).isEmpty();

        HttpResponse<String> refusal = press(token, "refuse");
        assertThat(refusal.statusCode()).isEqualTo(200);
        assertThat(refusal.body()).contains("You have said no");
        assertThat(press(token, "confirm").statusCode()).isEqualTo(409);
    }

    @Test
    @DisplayName("A link that was cut, guessed or erased is not known: 404, in the language of the browser")
    void unknown() throws Exception {
        ConfirmationToken token = requests.add(LinkState.OPEN, "en");
        requests.byHash.clear();
        for (String path : List.of(
                "/c/" + token.text(),
                "/c/" + token.text().substring(1),
                "/c/",
                "/c/" + ConfirmationToken.random().text(),
                "/",
                "/c",
                "/c/" + token.text() + "/x",
                "/favicon.ico")) {
            HttpResponse<String> reply = send("GET", path, null, "Accept-Language", "de-DE,de;q=0.9");
            assertThat(reply.statusCode()).as(path).isEqualTo(404);
            assertThat(reply.body()).contains("Wir kennen diesen Link nicht");
        }
        assertThat(press(token, "confirm").statusCode()).isEqualTo(404);
        assertThat(send("POST", "/answer", "token=cut&answer=confirm").statusCode())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "answer=confirm",
                "token=TOKEN",
                "token=TOKEN&answer=yes",
                "token=TOKEN&answer=confirm&answer=refuse",
                "token=TOKEN&token=TOKEN&answer=confirm",
                "%%%=&answer=%ZZ"
            })
    @DisplayName("A form that the page does not make changes nothing: 400")
    void strangeForms(String form) throws Exception {
        ConfirmationToken token = requests.add(LinkState.OPEN, "en");
        assertThat(send("POST", "/answer", form.replace("TOKEN", token.text())).statusCode())
                .isEqualTo(400);
        assertThat(requests.answers).isEmpty();
    }

    @Test
    @DisplayName("To reload the link or its answer changes nothing; the address of an answer tells how to see it again")
    void reloaded() throws Exception {
        ConfirmationToken token = requests.add(LinkState.OPEN, "en");
        assertThat(get("/c/" + token.text()).body())
                .isEqualTo(get("/c/" + token.text()).body());
        assertThat(press(token, "confirm").body()).contains("Thank you");

        HttpResponse<String> again = press(token, "confirm");
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.body()).contains("You have agreed already");
        assertThat(get("/c/" + token.text()).body()).contains("You have agreed already");
        HttpResponse<String> address = get("/answer");
        assertThat(address.statusCode()).isEqualTo(405);
        assertThat(address.body())
                .contains("Open the link in the mail again")
                .doesNotContain("Nothing was changed", "<form");
        assertThat(requests.answers).hasSize(1);
    }

    @Test
    @DisplayName("A wording is written in the direction of its language, whatever language the page is in")
    void direction() throws Exception {
        ConfirmationToken token = requests.add(LinkState.OPEN, "ar");
        assertThat(get("/c/" + token.text()).body())
                .contains("<html lang=\"en\">", "<blockquote lang=\"ar\" dir=\"auto\">");
    }

    @Test
    @DisplayName("Two clicks at once are one answer: both see that it was taken")
    void twice() throws Exception {
        ConfirmationToken token = requests.add(LinkState.OPEN, "en");
        List<CompletableFuture<HttpResponse<String>>> clicks = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            clicks.add(http.sendAsync(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/answer"))
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(BodyPublishers.ofString("token=" + token.text() + "&answer=confirm"))
                            .build(),
                    BodyHandlers.ofString()));
        }
        for (CompletableFuture<HttpResponse<String>> click : clicks) {
            assertThat(click.get().statusCode()).isEqualTo(200);
        }
        assertThat(requests.answers).hasSize(1);
    }

    @Test
    @DisplayName("Every reply forbids storing, framing, indexing, referring and scripts, and sets no cookie")
    void headers() throws Exception {
        ConfirmationToken token = requests.add(LinkState.OPEN, "en");
        for (HttpResponse<String> reply :
                List.of(get("/c/" + token.text()), get("/nothing"), press(token, "confirm"), get("/robots.txt"))) {
            Map<String, List<String>> headers = reply.headers().map();
            assertThat(headers)
                    .containsEntry("referrer-policy", List.of("no-referrer"))
                    .containsEntry("x-robots-tag", List.of("noindex, nofollow"))
                    .containsEntry("cache-control", List.of("no-store"))
                    .containsEntry("x-frame-options", List.of("DENY"))
                    .containsEntry("x-content-type-options", List.of("nosniff"))
                    .doesNotContainKeys("set-cookie", "server");
            assertThat(headers.get("content-security-policy").get(0))
                    .contains("default-src 'none'", "frame-ancestors 'none'", "form-action 'self'")
                    .doesNotContain("unsafe");
        }
    }

    @Test
    @DisplayName(
            "One address may send so many requests a minute; others are not affected, and no header is believed unasked")
    void limited() throws Exception {
        server.close();
        server = serve(3, KeptAddress.NONE);
        for (int i = 0; i < 3; i++) {
            assertThat(send("GET", "/nothing", null, "X-Forwarded-For", "198.51.100.1")
                            .statusCode())
                    .isEqualTo(404);
        }
        HttpResponse<String> refused = send("GET", "/nothing", null, "X-Forwarded-For", "9.9.9.9, 198.51.100.1");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("60");
        assertThat(send("GET", "/nothing", null, "X-Forwarded-For", "198.51.100.2")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    @DisplayName("One link may be used so many times a minute, from whichever addresses")
    void limitedByToken() throws Exception {
        ConfirmationToken token = requests.add(LinkState.OPEN, "en");
        int admitted = 0;
        for (int i = 0; i < 40; i++) {
            int code = send("GET", "/c/" + token.text(), null, "X-Forwarded-For", "10.0.0." + i)
                    .statusCode();
            admitted += code == 200 ? 1 : 0;
        }
        assertThat(admitted).isEqualTo(30);
    }

    @Test
    @DisplayName("A body, a path or headers beyond the limits are refused before anything is read from the database")
    void sizes() throws Exception {
        requests.away = true;
        assertThat(send("POST", "/answer", "token=" + "x".repeat(5_000) + "&answer=confirm")
                        .statusCode())
                .isEqualTo(413);
        assertThat(get("/c/" + "x".repeat(2_000)).statusCode()).isEqualTo(414);
        assertThat(send("GET", "/c/x", null, "X-Long", "x".repeat(10_000)).statusCode())
                .isEqualTo(431);
    }

    @Test
    @DisplayName("Without a database the page asks to try again later: 503, and nothing of the link is logged")
    void away() throws Exception {
        ConfirmationToken token = requests.add(LinkState.OPEN, "en");
        requests.away = true;
        HttpResponse<String> reply = get("/c/" + token.text());
        assertThat(reply.statusCode()).isEqualTo(503);
        assertThat(reply.headers().firstValue("Retry-After")).isPresent();
        assertThat(press(token, "confirm").statusCode()).isEqualTo(503);
        requests.away = false;
        assertThat(press(token, "confirm").statusCode()).isEqualTo(200);
    }

    @Test
    @DisplayName("What is no HTTP gets no page, and the next request is answered")
    void noHttp() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            OutputStream out = socket.getOutputStream();
            out.write("\0\1\2 hello\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            ByteArrayOutputStream said = new ByteArrayOutputStream();
            socket.getInputStream().transferTo(said);
            assertThat(said.toString(StandardCharsets.ISO_8859_1)).doesNotContain("<html");
        }
        assertThat(get("/robots.txt").body()).contains("Disallow: /");
    }

    @Test
    @DisplayName("A port that is taken is reported with the setting to change")
    void taken() {
        PageSettings same = new PageSettings(
                "127.0.0.1", server.port(), "https://x.example.com", Optional.empty(), 10, KeptAddress.NONE);
        assertThatThrownBy(() -> PublicServer.start(requests, same, () -> NOW))
                .isInstanceOf(PublicServerFault.class)
                .hasMessageContaining("public.port");
    }
}
