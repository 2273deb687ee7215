package io.consentbridge.sandbox.control;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentbridge.sandbox.mail.Clicks;
import io.consentbridge.sandbox.mail.MailBehaviour;
import io.consentbridge.sandbox.mail.MailServer;
import io.consentbridge.sandbox.mail.ReceivedMail;
import io.consentbridge.sandbox.web.Reply;
import io.consentbridge.sandbox.web.Request;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The mailbox: shows the mails as JSON and as pages, sets how the mail server behaves, and lets people answer. */
final class MailControl {

    private final MailServer server;

    MailControl(MailServer server) {
        this.server = server;
    }

    /** Answers {@code /sandbox/mail/…}: JSON. */
    Reply call(List<String> path, Request request) {
        String first = path.isEmpty() ? "" : path.get(0);
        return switch (first) {
            case "" ->
                switch (request.method()) {
                    case "PUT", "POST" -> behave(Answers.body(request));
                    case "DELETE" -> forget();
                    default -> list();
                };
            case "click" -> click(Answers.body(request));
            case "scan" -> Answers.done(Map.of("links", server.clicks().scan()));
            default ->
                server.postbox()
                        .mail(number(first))
                        .map(mail -> Answers.done(shown(mail, true)))
                        .orElseGet(() -> Answers.done(false, "there is no mail " + first));
        };
    }

    /** Answers {@code /sandbox/mailbox/…}: pages for a person. */
    Reply page(List<String> path) {
        if (path.isEmpty()) {
            return Reply.html(200, MailPages.list(server.postbox().mails()));
        }
        return server.postbox()
                .mail(number(path.get(0)))
                .map(mail -> Reply.html(200, path.size() > 1 ? mail.html() : MailPages.one(mail)))
                .orElseGet(() -> Answers.done(false, "there is no mail " + path.get(0)));
    }

    private Reply forget() {
        server.reset();
        return Answers.done();
    }

    private Reply list() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("smtpPort", server.smtpPort());
        all.put("imapPort", server.imapPort());
        all.put(
                "mails",
                server.postbox().mails().stream()
                        .map(mail -> shown(mail, false))
                        .toList());
        return Answers.done(all);
    }

    private Reply behave(JsonNode body) {
        MailBehaviour behaviour = server.behaviour();
        if (body.has("down")) {
            server.down(body.get("down").asBoolean());
        }
        if (body.has("slowMillis")) {
            behaviour.slow(body.get("slowMillis").asLong());
        }
        if (body.has("refuse")) {
            behaviour.refuse(Answers.text(body, "refuse"), body.path("reply").asText("550 5.1.1 no such user"));
        }
        if (body.has("later")) {
            behaviour.later(Answers.text(body, "later"), body.path("reply").asText("451 4.3.0 try again later"));
        }
        if (body.has("bounce")) {
            behaviour.bounce(Answers.text(body, "bounce"), body.path("status").asText("5.1.1"));
        }
        if (body.path("behave").asBoolean(false)) {
            behaviour.behave();
        }
        return Answers.done();
    }

    private Reply click(JsonNode body) {
        Clicks.Done done = server.clicks()
                .answer(
                        body.path("confirm").asDouble(1),
                        body.path("refuse").asDouble(0),
                        body.path("seed").asLong(1));
        Map<String, Object> counts = new LinkedHashMap<>();
        counts.put("confirmed", done.confirmed());
        counts.put("refused", done.refused());
        counts.put("ignored", done.ignored());
        return Answers.done(counts);
    }

    private static Map<String, Object> shown(ReceivedMail mail, boolean whole) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("id", mail.id());
        shown.put("at", mail.at().toString());
        shown.put("returnPath", mail.returnPath());
        shown.put("from", mail.from());
        shown.put("to", mail.to());
        shown.put("subject", mail.subject());
        shown.put("messageId", mail.messageId());
        shown.put("links", mail.links());
        if (whole) {
            shown.put("text", mail.text());
            shown.put("html", mail.html());
        }
        return shown;
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException none) {
            return 0;
        }
    }
}
