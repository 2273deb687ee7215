package io.consentbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MailboxTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Sandbox sandbox = Sandbox.start(SandboxOptions.defaults().withPeople(10));
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        sandbox.close();
    }

    private String call(String method, String path, String body) throws Exception {
        return http.send(
                        HttpRequest.newBuilder(URI.create(sandbox.baseUrl() + path))
                                .method(method, BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    private JsonNode mails() throws Exception {
        return JSON.readTree(call("GET", "/sandbox/mail", "")).path("mails");
    }

    private void send(String to, String text) throws MessagingException {
        Properties server = new Properties();
        server.setProperty("mail.smtp.host", "127.0.0.1");
        server.setProperty("mail.smtp.port", Integer.toString(sandbox.smtpPort()));
        server.setProperty("mail.smtp.from", "bounces@example.org");
        MimeMessage message = new MimeMessage(Session.getInstance(server));
        message.setFrom(new InternetAddress("news@example.org"));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(to));
        message.setSubject("Question <1>");
        message.setText(text);
        Transport.send(message);
    }

    @Test
    @DisplayName("Mails are listed as JSON and as pages, with their links")
    void lists() throws Exception {
        send("jane@example.com", "Open http://127.0.0.1:9/c/abc please");
        JsonNode mail = mails().get(0);
        assertThat(mail.path("to").asText()).isEqualTo("jane@example.com");
        assertThat(mail.path("returnPath").asText()).isEqualTo("bounces@example.org");
        assertThat(mail.path("links").get(0).asText()).isEqualTo("http://127.0.0.1:9/c/abc");
        assertThat(call("GET", "/sandbox/mail/1", "")).contains("please");
        assertThat(call("GET", "/sandbox/mailbox", "")).contains("jane@example.com", "Question &lt;1&gt;");
        assertThat(call("GET", "/sandbox/mailbox/1", "")).contains("<a href=\"http://127.0.0.1:9/c/abc\">");
        assertThat(call("GET", "/sandbox/mail/2", "")).contains("there is no mail 2");
        call("DELETE", "/sandbox/mail", "");
        assertThat(mails()).isEmpty();
    }

    @Test
    @DisplayName("The server can be down, refuse a recipient or postpone it, and behave again")
    void misbehaves() throws Exception {
        call("PUT", "/sandbox/mail", "{\"refuse\":\"^jane@\",\"later\":\"^joe@\"}");
        assertThatThrownBy(() -> send("jane@example.com", "x")).hasStackTraceContaining("550 5.1.1");
        assertThatThrownBy(() -> send("joe@example.com", "x")).hasStackTraceContaining("451 4.3.0");
        send("ann@example.com", "x");
        call("PUT", "/sandbox/mail", "{\"behave\":true,\"down\":true}");
        assertThatThrownBy(() -> send("jane@example.com", "x")).isInstanceOf(MessagingException.class);
        call("PUT", "/sandbox/mail", "{\"down\":false}");
        send("jane@example.com", "x");
        assertThat(mails()).hasSize(2);
    }

    @Test
    @DisplayName("A mail that is taken and comes back has a report in the mailbox of the return path")
    void bounces() throws Exception {
        call("PUT", "/sandbox/mail", "{\"bounce\":\"^jane@\",\"status\":\"5.2.1\"}");
        send("jane@example.com", "x");
        send("ann@example.com", "x");
        Properties imap = new Properties();
        Store store = Session.getInstance(imap).getStore("imap");
        store.connect("127.0.0.1", sandbox.imapPort(), "bounces@example.org", "any");
        Folder inbox = store.getFolder("INBOX");
        inbox.open(Folder.READ_ONLY);
        assertThat(inbox.getMessageCount()).isEqualTo(1);
        assertThat(inbox.getMessage(1).getContentType()).contains("multipart/report", "delivery-status");
        assertThat(new String(inbox.getMessage(1).getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains(
                        "Final-Recipient: rfc822; jane@example.com",
                        "Status: 5.2.1",
                        mails().get(0).path("messageId").asText());
        store.close();
    }

    @Test
    @DisplayName(
            "A share of the people presses the button of the page, whichever link leads to it; a scanner only follows links")
    void clicks() throws Exception {
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        HttpServer page = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        page.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            seen.add((exchange.getRequestMethod() + " "
                            + exchange.getRequestURI().getPath() + " " + body)
                    .strip());
            byte[] html = """
                    <form method="post" action="/answer"><input type="hidden" name="token" value="t&amp;1">
                    <button type="submit" name="answer" value="confirm">
                    <button type="submit" name="answer" value="refuse"></form>
                    """.getBytes(StandardCharsets.UTF_8);
            if (exchange.getRequestURI().getPath().equals("/terms")) {
                html = "Our terms".getBytes(StandardCharsets.UTF_8);
            }
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(200, head ? -1 : html.length);
            if (!head) {
                exchange.getResponseBody().write(html);
            }
            exchange.close();
        });
        page.start();
        String link = "http://127.0.0.1:" + page.getAddress().getPort() + "/c/x";
        send("jane@example.com", "Open " + link);

        assertThat(call("POST", "/sandbox/mail/scan", "")).isEqualTo("{\"links\":1}");
        assertThat(seen).containsExactly("GET /c/x", "HEAD /c/x");
        seen.clear();
        assertThat(call("POST", "/sandbox/mail/click", "{\"confirm\":1}"))
                .isEqualTo("{\"confirmed\":1,\"refused\":0,\"ignored\":0}");
        assertThat(seen).containsExactly("GET /c/x", "POST /answer token=t%261&answer=confirm");
        assertThat(call("POST", "/sandbox/mail/click", "{\"confirm\":1}")).contains("\"confirmed\":0");
        send("joe@example.com", "Open " + link);
        assertThat(call("POST", "/sandbox/mail/click", "{\"confirm\":0,\"refuse\":1}"))
                .contains("\"refused\":1");
        seen.clear();
        send("ann@example.com", "By http://127.0.0.1:9/gone and " + link.replace("/c/x", "/terms") + ": open " + link);
        assertThat(call("POST", "/sandbox/mail/click", "{\"confirm\":1}")).contains("\"confirmed\":1");
        assertThat(seen).startsWith("GET /terms", "GET /c/x", "POST /answer token=t%261&answer=confirm");
        page.stop(0);
    }
}
