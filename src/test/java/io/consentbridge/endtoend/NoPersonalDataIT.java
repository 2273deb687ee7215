package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.consentbridge.api.ApiServer;
import io.consentbridge.sandbox.Sandbox;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.writeback.RecordUpdate;
import io.consentbridge.writeback.RecordUpdates;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Everything goes wrong for people whose data has marks, and everything that is written is searched for the marks: the events of
 * all loggers at level TRACE, standard output and error, metrics, health, answers and failures of the API.
 *
 * <p>Left out are the answers that show people to the operator who asks for them, none of which is logged: {@code explain}, with
 * the addresses of several people of one name; the records of a run; dead letters, but not their causes; open requests; previews
 * and plans; the commands for one person, but not their failures.
 */
@EveryEngine
class NoPersonalDataIT extends EveryEngineFixture {

    /** These write down mails, bodies of exchanges, or what is on the wire. logback.xml keeps them at WARN or above. */
    static final List<String> SILENT = List.of("org.apache.camel", "org.apache.hc", "io.vertx", "com.icegreen");

    /**
     * The same through java.util.logging, which is at INFO unless somebody configures it; the last are the test's own: its HTTP
     * servers.
     */
    private static final List<String> SILENT_IN_JAVA = List.of(
            "org.eclipse.angus",
            "io.consentbridge.mail",
            "jdk.",
            "org.postgresql",
            "com.sun.net.httpserver",
            "sun.net.httpserver");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MARK = "zqx7";
    private static final String PHONE = "99773311";
    private static final String SMTP_SECRET = "smtp-hidden-55e1";
    private static final String UPDATE = "PUT /crm/v8/Leads";

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> marks = new ArrayList<>();
    private int apiPort;
    private int pagePort;
    private ApiServer api;
    private Written written;

    /** A bridge ends with its test, which leaves nothing to heal. */
    @Override
    void heal() {}

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0)) {
            return probe.getLocalPort();
        }
    }

    private void open() throws Exception {
        apiPort = freePort();
        pagePort = freePort();
        bridge = Bridge.openWhole(
                10,
                files -> files.on(engine)
                        .set("PUBLIC_PORT", "" + pagePort)
                        .set("PUBLIC_URL", "http://127.0.0.1:" + pagePort)
                        .set("MAIL_SMTP_PORT", "" + files.sandbox().smtpPort())
                        .set("MAIL_SMTP_TLS", "none")
                        .set("MAIL_BOUNCES_ADDRESS", "bounces@example.org")
                        .set("MAIL_BOUNCES_HOST", "127.0.0.1")
                        .set("MAIL_BOUNCES_PROTOCOL", "imap")
                        .set("MAIL_BOUNCES_PORT", "" + files.sandbox().imapPort())
                        .set("MAIL_BOUNCES_USER", "bounces@example.org")
                        .set("MAIL_BOUNCES_PASSWORD", SMTP_SECRET)
                        .set("MAIL_BOUNCES_EVERY", "200ms")
                        .set("CONFIRMATION_EVERY", "100ms")
                        .set("QUOTA_CRM_UPDATE", "none")
                        .purpose(
                                "ask",
                                "lawfulBasis: consent",
                                "confirmation: {from: {name: Example, address: news@example.com}, subject: Please answer,"
                                        + " ground: {accepted: {by: The board, on: \"2026-11-01\", because: fair}}}")
                        .sync("ask", "Leads", "consent: required")
                        .purpose("all")
                        .sync("all", "Leads", "mapping: {Phone: Phone, Company: Company}", "createFields: true")
                        .letters("people", "Contacts"),
                context -> ApiServer.listen(context, "127.0.0.1", apiPort));
        api = ApiServer.open(
                bridge.runtime().context(),
                bridge.operations(),
                bridge.files().folder().resolve("api"),
                "127.0.0.1",
                apiPort);
    }

    private static Map<String, Object> marked(String name) {
        return Map.of(
                "First_Name", "Anna " + MARK,
                "Last_Name", name + " O'" + MARK + "');drop table person;--",
                "Company", "{\"" + MARK + "\": [\"GmbH",
                "Phone", "+49 30 " + PHONE,
                "Description", (MARK + " said yes at the fair. ").repeat(500),
                "Email", name + "." + MARK + "@c1.example.com");
    }

    private static void people() {
        for (String name : List.of("ann", "ben", "cid", "dora", "echo", "refused", "later", "bounced", "breaks")) {
            bridge.zoho().create("Leads", marked(name));
            bridge.zoho()
                    .create(
                            "Contacts",
                            Map.of("Last_Name", name + MARK, "Email", name + "." + MARK + "@c2.example.com"));
        }
        for (String broken : List.of(
                MARK + " is no address",
                MARK + "@",
                "a\u0000" + MARK + "\r\n@c1.example.com",
                "x".repeat(90) + MARK + "@c1.example.com",
                "\"" + MARK + "\\\"@c1.example.com, b@c1.example.com")) {
            String id = bridge.zoho().create("Leads", Bridge.fields("whole@c1.example.com", Map.of("Company", MARK)));
            bridge.zoho().spoil("Leads", id, "Email", broken);
        }
        String typed = bridge.zoho().create("Leads", marked("typed"));
        bridge.zoho().spoil("Leads", typed, "Email_Opt_Out", MARK);
        String dated = bridge.zoho().create("Leads", marked("dated"));
        bridge.zoho().spoil("Leads", dated, "Phone", Map.of(MARK, List.of(MARK)));
    }

    private JsonNode control(String method, String path, String body) {
        return read(send(method, bridge.zoho().url() + path, body, null).body());
    }

    private static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new IllegalStateException(text, e);
        }
    }

    private HttpResponse<String> send(String method, String url, String body, String token) {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                    .method(method, BodyPublishers.ofString(body))
                    .header(
                            "Content-Type",
                            url.endsWith("/answer") ? "application/x-www-form-urlencoded" : "text/json");
            if (token != null) {
                request.header("Authorization", "Bearer " + token);
            }
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the API answers, which is searched too. */
    private void api(String method, String path, String body) {
        String answer = send(method, api.url() + path, body, token()).body();
        written.add(method + " " + path.replaceAll("\\?.*", ""), answer);
    }

    private String token() {
        try (var files = Files.list(bridge.files().folder().resolve("api"))) {
            String file = Files.readString(
                    files.filter(one -> one.getFileName().toString().startsWith("api-token"))
                            .findFirst()
                            .orElseThrow());
            JsonNode json = file.startsWith("{") ? read(file) : null;
            return json == null ? file.strip() : json.path("token").asText();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void fault(String method, String kind, Map<String, Object> more) {
        var rule = new java.util.HashMap<String, Object>(Map.of("method", method, "kind", kind, "times", 1));
        rule.put("message", "Anna " + MARK + " <ann." + MARK + "@c1.example.com> (" + PHONE + ") is refused");
        rule.putAll(more);
        bridge.zoho().fault(rule);
    }

    private void run(String sync) {
        try {
            written.add("the run of " + sync, bridge.runInFull(sync).toString());
        } catch (RuntimeException | AssertionError failure) {
            written.add("a run that fails", failure);
        }
        bridge.zoho().noFaults();
        bridge.runtime().components().outbox().backoff().succeeded("main");
    }

    private void zohoFails() {
        fault("coql", "truncated", Map.of());
        fault("coql", "html", Map.of("skip", 1));
        fault("coql", "xml", Map.of("skip", 2));
        run("all");
        fault(SUBSCRIBE, "code", Map.of("code", "2004", "times", 3));
        fault(SUBSCRIBE, "code", Map.of("code", "9999", "times", 2, "skip", 3));
        fault(SUBSCRIBE, "status", Map.of("status", 400, "skip", 5));
        fault(SUBSCRIBE, "lost-reply", Map.of("skip", 6));
        fault(SUBSCRIBE, "html", Map.of("skip", 7));
        run("people");
        fault("coql", "code", Map.of("code", "INVALID_QUERY", "status", 400, "times", 0));
        run("all");
        fault("getmailinglists", "code", Map.of("code", "1001", "times", 0));
        run("people");
        fault(SUBSCRIBE, "status", Map.of("status", 500, "times", 3));
        run("all");
    }

    private void mailFails() {
        control(
                "PUT",
                "/sandbox/mail",
                "{\"refuse\":\"^refused\",\"reply\":\"550 5.1.1 <refused." + MARK + "@c1.example.com> Anna " + MARK
                        + " unknown\"}");
        control(
                "PUT",
                "/sandbox/mail",
                "{\"later\":\"^later\",\"reply\":\"451 4.3.0 later." + MARK + "@c1.example.com\"}");
        control("PUT", "/sandbox/mail", "{\"bounce\":\"^bounced\"}");
        control("PUT", "/sandbox/mail", "{\"down\":true}");
        run("ask");
        await().until(() -> requests("attempts > 0") > 0);
        control("PUT", "/sandbox/mail", "{\"down\":false}");
        await().atMost(Duration.ofMinutes(2)).until(() -> {
            // Each request that met the server while it was down, of which there are more the slower this machine is,
            // waits
            // minutes.
            bridge.runtime()
                    .database()
                    .change(handle -> handle.execute("update confirmation_request set due_at = requested_at"
                            + " where state = 'requested' and due_at is not null"));
            return control("GET", "/sandbox/mail", "").path("mails").size() >= 4;
        });
        control("GET", "/sandbox/mail", "")
                .path("mails")
                .forEach(mail -> mail.path("links").forEach(link -> {
                    String text = link.asText().replaceAll(".*/", "");
                    if (text.length() > 30) {
                        marks.add(text);
                    }
                }));
        assertThat(marks).as("tokens").hasSizeGreaterThan(3);
        String page = "http://127.0.0.1:" + pagePort;
        String token = marks.get(marks.size() - 1);
        for (String bad : List.of(
                MARK, token + MARK, token.substring(3), "%00" + MARK, token.toLowerCase(java.util.Locale.ROOT))) {
            send("GET", page + "/c/" + bad, "", null);
            send("POST", page + "/answer", "token=" + bad + "&answer=confirm&x=" + MARK, null);
        }
        send("POST", page + "/answer", MARK.repeat(10_000), null);
        send("GET", page + "/" + MARK + "?email=ann." + MARK, "", null);
        control("POST", "/sandbox/mail/click", "{\"confirm\":0.5,\"refuse\":0.3}");
        control("PUT", "/sandbox/mail", "{\"behave\":true}");
        bridge.awaitDeliveries();
    }

    private static long requests(String which) {
        return bridge.runtime()
                .database()
                .query(handle -> handle.createQuery("select count(*) from confirmation_request where " + which)
                        .mapTo(Long.class)
                        .one());
    }

    private void updatesFail() {
        String refused = bridge.zoho().create("Leads", marked("update"));
        String html = bridge.zoho().create("Leads", marked("updatehtml"));
        bridge.zoho().refuseWrites("Leads", refused, "INVALID_DATA", "Company", 0);
        fault(UPDATE, "html", Map.of("times", 2));
        fault(UPDATE, "code", Map.of("code", "INVALID_DATA", "status", 400, "skip", 2));
        bridge.runtime()
                .database()
                .change(handle -> RecordUpdates.enqueue(
                        handle,
                        List.of(
                                new RecordUpdate("main", "Leads", refused, Map.of("Company", MARK), "confirmed"),
                                new RecordUpdate("main", "Leads", html, Map.of("No_Field", MARK), "confirmed"))));
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    bridge.runtime()
                            .database()
                            .change(handle -> handle.execute("update record_update set due_at = null"));
                    return bridge.runtime()
                                    .database()
                                    .query(handle -> handle.select(
                                                    "select count(*) from record_update where state = 'dead-lettered'")
                                            .mapTo(Long.class)
                                            .one())
                            > 0;
                });
        bridge.zoho().noFaults();
    }

    /** Own steps that fail, each in a way whose exception quotes the person. */
    private void stepsFail() {
        String shipped = bridge.files().read("routes/transform-fields.camel.yaml");
        int first = shipped.indexOf("        - log:");
        for (String step : List.of(
                "        - setVariable: {name: own, expression: {simple: {expression: \"${body[Last Name]}\", resultType: java.lang.Integer}}}\n",
                "        - setBody: {expression: {simple: {expression: \"${body[Last Name]}\"}}}\n        - bean: {ref: contactFields, method: remove}\n",
                "        - setBody: {expression: {simple: {expression: \"${body[Last Name].substring(900)}\"}}}\n",
                "        - setBody: {expression: {simple: {expression: \"${body[Last Name]}\"}}}\n        - unmarshal: {json: {library: Jackson}}\n",
                "        - setBody: {expression: {simple: {expression: \"${body[Last Name]}\"}}}\n        - convertBodyTo: {type: java.time.LocalDate, mandatory: \"true\"}\n",
                "        - setBody: {expression: {simple: {expression: \"${body[Last Name]}\"}}}\n        - toD: {uri: \"nothing:${body}\"}\n",
                "        - setBody: {expression: {simple: {expression: \"${body[Last Name]}\"}}}\n        - validate: {expression: {simple: {expression: \"${body} == null\"}}}\n",
                "        - setBody: {expression: {simple: {expression: \"${body[Last Name]}\"}}}\n")) {
            bridge.files()
                    .write(
                            "routes/transform-fields.camel.yaml",
                            shipped.substring(0, first) + step + shipped.substring(first));
            written.add("reload", bridge.operations().reload().toString());
            run("all");
        }
        bridge.files().write("routes/transform-fields.camel.yaml", shipped);
        bridge.reload();
    }

    /** The driver's message quotes a row. */
    private void databaseFails() {
        // In two parts, so that the statement itself, which the driver logs, has no mark.
        String text = "'Key (address)=(ann." + MARK.substring(0, 2) + "' || '" + MARK.substring(2)
                + "@c1.example.com) already exists'";
        boolean file = bridge.runtime().database().embedded();
        for (String table : List.of("outcome", "source_record", "delivery")) {
            bridge.runtime().database().change(handle -> {
                if (file) {
                    handle.execute("create trigger hostile before insert on " + table + " begin select raise(abort, "
                            + text + "); end");
                } else {
                    handle.execute("create or replace function hostile() returns trigger language plpgsql as "
                            + "$$ begin raise exception '%', " + text + "; end $$");
                    handle.execute("create trigger hostile before insert on " + table
                            + " for each row execute function hostile()");
                }
            });
            bridge.zoho().create("Leads", marked("db" + table));
            run("all");
            bridge.runtime()
                    .database()
                    .change(handle ->
                            handle.execute(file ? "drop trigger hostile" : "drop trigger hostile on " + table));
        }
    }

    private void answers() {
        String broken = bridge.files().read("config/syncs/people.yaml");
        bridge.files().write("config/syncs/people.yaml", broken + "\nmodule: {\n");
        api("POST", "/api/reload", "");
        bridge.files().write("config/syncs/people.yaml", broken);
        api("POST", "/api/reload", "");
        for (String path : List.of(
                "/api/syncs",
                "/api/runs",
                "/api/confirmations",
                "/api/quota",
                "/api/status",
                "/api/ledger",
                "/observe/health/ready",
                "/observe/health/live",
                "/observe/metrics")) {
            api("GET", path, "");
        }
        api("POST", "/api/check", "");
        String person = "ann." + MARK + "@c1.example.com";
        for (String body : List.of(
                "{\"person\":\"" + person + "\",\"folder\":\"/dev/null/x\"}",
                "{\"person\":\"Anna " + MARK + "\",\"email\":\"" + MARK + "\"}",
                "{\"person\":\"" + "x".repeat(400) + MARK + "@c1.example.com\"}",
                "{\"person\":{\"" + MARK + "\":1}}",
                "{\"" + MARK,
                "{\"person\":\"" + person + "\",\"purpose\":\"nothing\"}")) {
            for (String path :
                    List.of("person/suppress", "person/release", "person/erase", "person/export", "consent/try")) {
                HttpResponse<String> answer = send("POST", api.url() + "/api/" + path, body, token());
                if (answer.statusCode() >= 400) {
                    written.add("an error of " + path, answer.body());
                }
            }
        }
        api("GET", "/api/dead-letters/99999999", "");
        written.add(
                "without a token",
                send("POST", api.url() + "/api/explain", "{\"email\":\"" + person + "\"}", null)
                        .body());
        bridge.runtime()
                .database()
                .query(handle -> handle.createQuery("select message from run where message is not null")
                        .mapTo(String.class)
                        .list())
                .forEach(message -> written.add("the message of a run", message));
        bridge.operations()
                .deadLetters(100)
                .forEach(letter -> written.add("the cause of a dead letter", letter.cause()));
    }

    @Test
    @DisplayName("Loggers that would name people are kept at WARN, and the documentation says that they stay there")
    void silent() throws Exception {
        String configured = Files.readString(Path.of("src/main/resources/logback.xml"));
        String documented = Files.readString(Path.of("docs/operations.md"));
        assertThat(SILENT)
                .allSatisfy(name -> assertThat(configured)
                        .containsPattern("<logger name=\"" + name + "\" level=\"(WARN|ERROR)\"/>"));
        assertThat(List.of(
                        "org.apache.camel",
                        "org.apache.hc",
                        "io.vertx",
                        "org.eclipse.angus",
                        "org.postgresql",
                        "jdk.httpclient"))
                .allSatisfy(name -> assertThat(documented).contains("`" + name + "`"));
    }

    @Test
    @DisplayName(
            "Whatever fails, nothing that is written names a person, a token or a secret, with every logger at TRACE")
    void nobody() throws Exception {
        try (Written all = Written.begin(SILENT, SILENT_IN_JAVA)) {
            written = all;
            open();
            bridge.zoho().deleteSome("Leads", 10_000);
            bridge.zoho().deleteSome("Contacts", 10_000);
            people();
            zohoFails();
            mailFails();
            updatesFail();
            stepsFail();
            databaseFails();
            answers();
            var connection =
                    bridge.runtime().configuration().settings().connections().get("main");
            marks.add(bridge.runtime()
                    .components()
                    .access()
                    .tokens()
                    .token(connection, null)
                    .value());
            marks.addAll(List.of(MARK, PHONE, SMTP_SECRET, Sandbox.CLIENT_SECRET, Sandbox.REFRESH_TOKEN, token()));
            api.close();
            close();
        }
        assertThat(written.events()).isGreaterThan(1000);
        assertThat(written.naming(marks)).isEmpty();
    }
}
