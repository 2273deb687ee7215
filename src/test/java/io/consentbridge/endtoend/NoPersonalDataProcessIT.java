package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.consentbridge.ConsentBridge;
import io.consentbridge.sandbox.Sandbox;
import io.consentbridge.sandbox.SandboxOptions;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.TestDatabase;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Processes as they are installed meet hostile records and servers that quote people. Everything that they write outside the
 * database is searched for the people: standard output and error at the lowest levels, files, health and metrics.
 */
@EveryEngine
@Tag("long")
class NoPersonalDataProcessIT {

    private static final String MARK = "zqx7";
    private static final String PHONE = "99773311";
    private static final String SMTP_SECRET = "smtp-hidden-55e1";
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern LEVEL = Pattern.compile("<logger name=\"([^\"]+)\" level=\"[A-Z]+\"/>");
    /** Whoever logs in this process besides the product. */
    private static final List<String> LIBRARIES =
            List.of("ch", "com", "de", "io", "jakarta", "javax", "net", "org", "picocli");

    private final TestDatabase engine;
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> marks =
            new ArrayList<>(List.of(MARK, PHONE, SMTP_SECRET, Sandbox.CLIENT_SECRET, Sandbox.REFRESH_TOKEN));
    private final Map<String, String> read = new HashMap<>();
    private Sandbox sandbox;
    private Zoho zoho;
    private TestConfig files;
    private int processes;

    NoPersonalDataProcessIT(TestDatabase engine) {
        this.engine = engine;
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0)) {
            return probe.getLocalPort();
        }
    }

    private static String address(String name) {
        return name + "." + MARK + "@c1.example.com";
    }

    private static Map<String, Object> marked(String name) {
        return Map.of(
                "First_Name", "Anna " + MARK,
                "Last_Name", name + " O'" + MARK + "');drop table person;--",
                "Company", "{\"" + MARK + "\": [\"GmbH",
                "Phone", "+49 30 " + PHONE,
                "Description", (MARK + " said yes at the fair. ").repeat(500),
                "Email", address(name));
    }

    /** The product's own configuration of logs with every level lowered that it does not keep for the sake of people. */
    private Path talkative() throws IOException {
        String own = Files.readString(Path.of("src/main/resources/logback.xml"));
        String lowered = LEVEL.matcher(own)
                .replaceAll(logger -> NoPersonalDataIT.SILENT.contains(logger.group(1))
                        ? logger.group()
                        : logger.group().replaceAll("level=\"[A-Z]+\"", "level=\"DEBUG\""));
        StringBuilder more = new StringBuilder();
        LIBRARIES.forEach(name -> more.append("<logger name=\"").append(name).append("\" level=\"DEBUG\"/>\n"));
        try (Stream<Path> rooms = Files.list(Path.of("src/main/java/io/consentbridge"))) {
            rooms.filter(Files::isDirectory)
                    .forEach(room -> more.append("<logger name=\"io.consentbridge.")
                            .append(room.getFileName())
                            .append("\" level=\"TRACE\"/>\n"));
        }
        Path file = files.folder().resolve("talkative.xml");
        Files.writeString(file, lowered.replace("<root ", more + "<root "));
        return file;
    }

    private Process start(String... command) throws IOException {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dlogback.configurationFile=" + talkative(),
                "-cp",
                System.getProperty("java.class.path"),
                ConsentBridge.class.getName()));
        line.addAll(List.of(command));
        line.addAll(List.of(
                "--config",
                files.config().toString(),
                "--routes",
                files.routes().toString()));
        processes++;
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(files.folder().toFile())
                .redirectOutput(files.folder().resolve(processes + ".out").toFile())
                .redirectError(files.folder().resolve(processes + ".err").toFile());
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().putAll(files.environment());
        return builder.start();
    }

    private void run(String... command) throws Exception {
        Process process = start(command);
        assertThat(process.waitFor(2, TimeUnit.MINUTES))
                .as(List.of(command).toString())
                .isTrue();
    }

    private void install(int apiPort, int pagePort) {
        files = new TestConfig(sandbox)
                .on(engine)
                .set("HTTP_PORT", "" + apiPort)
                .set("LOG_LEVEL", "debug")
                .set("PUBLIC_PORT", "" + pagePort)
                .set("PUBLIC_URL", "http://127.0.0.1:" + pagePort)
                .set("MAIL_SMTP_PORT", "" + sandbox.smtpPort())
                .set("MAIL_SMTP_TLS", "none")
                .set("MAIL_BOUNCES_ADDRESS", "bounces@example.org")
                .set("MAIL_BOUNCES_HOST", "127.0.0.1")
                .set("MAIL_BOUNCES_PROTOCOL", "imap")
                .set("MAIL_BOUNCES_PORT", "" + sandbox.imapPort())
                .set("MAIL_BOUNCES_USER", "bounces@example.org")
                .set("MAIL_BOUNCES_PASSWORD", SMTP_SECRET)
                .set("MAIL_BOUNCES_EVERY", "200ms")
                .set("CONFIRMATION_EVERY", "100ms")
                .set("LEASE", "3s")
                .set("QUOTA_CRM_UPDATE", "none")
                .purpose(
                        "ask",
                        "lawfulBasis: consent",
                        "confirmation: {from: {name: Example, address: news@example.com}, subject: Please answer,"
                                + " ground: {accepted: {by: The board, on: \"2026-11-01\", because: fair}},"
                                + " proof: {Description: statement}}")
                .sync("ask", "Leads", "consent: required")
                .purpose("all")
                .sync("all", "Leads", "mapping: {Phone: Phone, Company: Company}", "createFields: true")
                .letters("people", "Contacts");
    }

    private void people() {
        for (String name : List.of("ann", "ben", "cid", "dora", "refused", "later", "bounced", "breaks")) {
            zoho.create("Leads", marked(name));
            zoho.create("Contacts", Map.of("Last_Name", name + MARK, "Email", name + "." + MARK + "@c2.example.com"));
        }
        for (String broken : List.of(
                MARK + " is no address",
                "a\u0000" + MARK + "\r\n@c1.example.com",
                "x".repeat(90) + MARK + "@c1.example.com",
                "\"" + MARK + "\\\"@c1.example.com, b@c1.example.com")) {
            String id = zoho.create("Leads", Map.of("Last_Name", MARK, "Email", "whole@c1.example.com"));
            zoho.spoil("Leads", id, "Email", broken);
        }
        String typed = zoho.create("Leads", marked("typed"));
        zoho.spoil("Leads", typed, "Email_Opt_Out", MARK);
        String dated = zoho.create("Leads", marked("dated"));
        zoho.spoil("Leads", dated, "Phone", Map.of(MARK, List.of(MARK)));
        zoho.refuseWrites("Leads", zoho.create("Leads", marked("locked")), "INVALID_DATA", "Description", 0);
    }

    private void mail(String json) throws Exception {
        send("PUT", sandbox.baseUrl() + "/sandbox/mail", json, "text/json");
    }

    private String send(String method, String url, String body, String type) throws Exception {
        return http.send(
                        HttpRequest.newBuilder(URI.create(url))
                                .method(method, BodyPublishers.ofString(body))
                                .header("Content-Type", type)
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    private JsonNode mails() throws Exception {
        return JSON.readTree(send("GET", sandbox.baseUrl() + "/sandbox/mail", "", "text/json"))
                .path("mails");
    }

    private void fault(String method, String kind, Map<String, Object> more) {
        Map<String, Object> rule = new HashMap<>(Map.of("method", method, "kind", kind, "times", 1));
        rule.put("message", "Anna " + MARK + " <" + address("ann") + "> (" + PHONE + ") is refused");
        rule.putAll(more);
        zoho.fault(rule);
    }

    private void zohoFails() throws Exception {
        String subscribe = "json/listsubscribe";
        fault("coql", "truncated", Map.of());
        fault("coql", "html", Map.of("skip", 1));
        fault(subscribe, "code", Map.of("code", "2004", "times", 3));
        fault(subscribe, "code", Map.of("code", "9999", "times", 2, "skip", 3));
        fault(subscribe, "status", Map.of("status", 400, "skip", 5));
        fault(subscribe, "lost-reply", Map.of("skip", 6));
        fault(subscribe, "html", Map.of("skip", 7));
        fault(subscribe, "truncated", Map.of("skip", 8));
        run("sync", "run", "all", "--wait");
        zoho.noFaults();
        fault("coql", "code", Map.of("code", "INVALID_QUERY", "status", 400, "times", 0));
        run("sync", "run", "people", "--wait");
        zoho.noFaults();
    }

    /** Reports that quote people in every field, some of them broken. */
    private void reports() throws Exception {
        Properties settings = new Properties();
        settings.put("mail.smtp.host", "127.0.0.1");
        settings.put("mail.smtp.port", "" + sandbox.smtpPort());
        Session session = Session.getInstance(settings);
        for (String body : List.of(
                "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; " + MARK
                        + "\r\n\r\nFinal-Recipient: rfc822; " + address("cid")
                        + "\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 <" + address("cid")
                        + "> Anna " + MARK + " unknown\r\n--b--\r\n",
                "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA\r\n\r\nFinal-Recipient: Anna " + MARK
                        + "\r\nAction: failed\r\nStatus: " + MARK + "\r\n--b--\r\n")) {
            MimeMessage report = new MimeMessage(session);
            report.setFrom(new InternetAddress(address("daemon")));
            report.setRecipient(Message.RecipientType.TO, new InternetAddress("bounces@example.org"));
            report.setSubject("Undelivered: Anna " + MARK);
            report.setContent(body, "text/plain");
            report.saveChanges();
            report.setHeader("Content-Type", "multipart/report; report-type=delivery-status; boundary=b");
            Transport.send(report, report.getAllRecipients());
        }
    }

    private void answer(int pagePort) throws Exception {
        String page = "http://127.0.0.1:" + pagePort;
        List<String> tokens = new ArrayList<>();
        for (JsonNode mail : mails()) {
            for (JsonNode link : mail.path("links")) {
                tokens.add(link.asText().replaceAll(".*/", ""));
            }
        }
        assertThat(tokens).hasSizeGreaterThan(3);
        String token = tokens.get(0);
        for (String bad : List.of(MARK, token + MARK, token.substring(3), "%00" + MARK)) {
            send("GET", page + "/c/" + bad, "", "text/plain");
            send(
                    "POST",
                    page + "/answer",
                    "token=" + bad + "&answer=confirm&x=" + MARK,
                    "application/x-www-form-urlencoded");
        }
        send("POST", page + "/answer", MARK.repeat(10_000), "application/x-www-form-urlencoded");
        send("GET", page + "/" + MARK + "?email=" + address("ann"), "", "text/plain");
        send("POST", sandbox.baseUrl() + "/sandbox/mail/click", "{\"confirm\":0.7,\"refuse\":0.3}", "text/json");
        marks.addAll(tokens);
    }

    private void reads(int apiPort, String path) throws Exception {
        read.put(path, send("GET", "http://127.0.0.1:" + apiPort + path, "", "text/plain"));
    }

    /** An own step that fails with an exception of Java which quotes the person. */
    private void stepFails() throws Exception {
        String shipped = files.read("routes/transform-fields.camel.yaml");
        int first = shipped.indexOf("        - log:");
        files.write(
                "routes/transform-fields.camel.yaml",
                shipped.substring(0, first)
                        + "        - setVariable: {id: own-number, name: own, expression: {simple: {expression: \"${body[Last Name]}\", resultType: java.lang.Integer}}}\n"
                        + shipped.substring(first));
        run("reload");
        run("sync", "run", "all", "--full", "--wait");
        files.write("routes/transform-fields.camel.yaml", shipped);
        run("reload");
    }

    private void awaitMails(int count) throws Exception {
        try {
            await().atMost(PATIENCE).until(() -> mails().size() >= count);
        } catch (ConditionTimeoutException late) {
            throw new AssertionError(errors(1), late);
        }
    }

    private String errors(int process) throws IOException {
        return Files.readString(files.folder().resolve(process + ".err"));
    }

    @Test
    @DisplayName(
            "Whatever fails, nothing that a process writes outside the database names a person, a token or a secret, at any level of its logs")
    void nobody() throws Exception {
        int apiPort = freePort();
        int pagePort = freePort();
        try (Sandbox running =
                Sandbox.start(SandboxOptions.defaults().withPeople(10).withoutQuotas())) {
            sandbox = running;
            zoho = new Zoho(sandbox);
            zoho.deleteSome("Leads", 10_000);
            zoho.deleteSome("Contacts", 10_000);
            people();
            install(apiPort, pagePort);
            mail("{\"refuse\":\"^refused\",\"reply\":\"550 5.1.1 <" + address("refused") + "> Anna " + MARK
                    + " unknown\"}");
            mail("{\"later\":\"^later\",\"reply\":\"451 4.3.0 " + address("later") + "\"}");
            mail("{\"bounce\":\"^bounced\"}");

            Process runtime = start("start");
            try {
                await().atMost(PATIENCE)
                        .until(() -> Files.exists(files.folder().resolve("1.out"))
                                && Files.readString(files.folder().resolve("1.out"))
                                        .contains(":" + apiPort));
                run("sync", "run", "ask", "--wait");
                awaitMails(4);
                reports();
                answer(pagePort);
                zohoFails();
                stepFails();
                mail("{\"down\":true}");
                zoho.create("Leads", marked("evening"));
                run("sync", "run", "ask", "--wait");
                for (String path : List.of(
                        "/observe/health", "/observe/health/ready", "/observe/health/live", "/observe/metrics")) {
                    reads(apiPort, path);
                }
                for (String command : List.of("status", "check", "history", "quota")) {
                    run(command);
                }
                run("sync", "list");
                run("ledger", "verify");
                runtime.destroy();
                assertThat(runtime.waitFor(1, TimeUnit.MINUTES)).isTrue();
            } finally {
                runtime.destroyForcibly().waitFor();
            }
        }
        assertThat(errors(1)).contains(" DEBUG ");
        assertThat(read.get("/observe/metrics")).contains("consentbridge_");
        assertThat(naming()).isEmpty();
    }

    /** What names somebody, with the lines that do. */
    private List<String> naming() throws IOException {
        Map<String, String> written = new HashMap<>(read);
        List<Path> own = List.of(files.config(), files.routes());
        try (Stream<Path> all = Files.walk(files.folder())) {
            for (Path file : all.filter(Files::isRegularFile)
                    .filter(file -> own.stream().noneMatch(file::startsWith))
                    .filter(file -> !file.getFileName().toString().contains(".db"))
                    .toList()) {
                written.put(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        List<String> naming = new ArrayList<>();
        written.forEach((where, text) -> text.lines()
                .filter(line -> marks.stream()
                        .anyMatch(mark -> line.toLowerCase(Locale.ROOT).contains(mark.toLowerCase(Locale.ROOT))))
                .limit(3)
                .forEach(line -> naming.add(where + ": " + line.substring(0, Math.min(600, line.length())))));
        return naming;
    }
}
