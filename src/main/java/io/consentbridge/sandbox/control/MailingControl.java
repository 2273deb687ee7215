package io.consentbridge.sandbox.control;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentbridge.sandbox.campaigns.MailingScreen;
import io.consentbridge.sandbox.campaigns.OpenPoint;
import io.consentbridge.sandbox.campaigns.Reaction;
import io.consentbridge.sandbox.campaigns.Shares;
import io.consentbridge.sandbox.web.Reply;
import io.consentbridge.sandbox.web.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Campaigns of Zoho Campaigns as its users and their recipients treat them. They are called mailings here, since
 * {@code /sandbox/campaigns} is about records of the CRM.
 */
final class MailingControl {

    private final MailingScreen screen;

    MailingControl(MailingScreen screen) {
        this.screen = screen;
    }

    Reply call(List<String> parts, Request request) {
        if (parts.isEmpty()) {
            return switch (request.method()) {
                case "POST" -> make(Answers.body(request));
                case "PUT" -> choose(Answers.body(request));
                default ->
                    Answers.done(Map.of(
                            "mailings",
                            screen.all(),
                            "senders",
                            screen.senders(),
                            "choices",
                            screen.choices().all()));
            };
        }
        String key = parts.get(0);
        if (parts.size() == 1) {
            return one(key, request);
        }
        JsonNode body = Answers.body(request);
        return switch (parts.get(1)) {
            case "react" -> Answers.done(screen.react(key, shares(body)), "there is no campaign " + key);
            case "people" -> people(key, body);
            case "resend" ->
                does(
                        "unopened".equals(Answers.text(body, "to"))
                                ? MailingScreen.Deed.RESEND_UNOPENED
                                : MailingScreen.Deed.RESEND_NEW,
                        key);
            default -> does(MailingScreen.Deed.valueOf(parts.get(1).toUpperCase(Locale.ROOT)), key);
        };
    }

    private Reply one(String key, Request request) {
        return switch (request.method()) {
            case "DELETE" -> does(MailingScreen.Deed.DELETE, key);
            case "PUT" -> {
                JsonNode body = Answers.body(request);
                yield Answers.done(
                        screen.change(
                                key,
                                Answers.text(body, "name"),
                                Answers.text(body, "subject"),
                                Answers.text(body, "content"),
                                Answers.text(body, "list")),
                        "there is no campaign " + key);
            }
            default ->
                screen.one(key).map(Answers::done).orElseGet(() -> Answers.done(false, "there is no campaign " + key));
        };
    }

    private Reply does(MailingScreen.Deed deed, String key) {
        String refusal = screen.does(deed, key);
        return Answers.done(refusal == null, refusal);
    }

    /** Makes a campaign as a user would; {@code sent} makes it one that was sent at that time. */
    private Reply make(JsonNode body) {
        String name = Answers.required(body, "name");
        String subject = Answers.text(body, "subject");
        String from = Answers.text(body, "from");
        String content = Answers.text(body, "content");
        String key = screen.make(new MailingScreen.Draft(
                name,
                subject == null ? name : subject,
                Answers.text(body, "fromName"),
                from == null ? "news@example.com" : from,
                Answers.text(body, "list"),
                Answers.text(body, "topic"),
                content == null ? "<p>" + name + "</p>" : content,
                "abtesting".equals(Answers.text(body, "kind"))));
        String sent = Answers.text(body, "sent");
        if (sent != null) {
            screen.sentAt(key, Instant.parse(sent).toEpochMilli());
        }
        return Answers.done(Map.of("key", key));
    }

    private Reply choose(JsonNode body) {
        for (var entry : body.properties()) {
            JsonNode value = entry.getValue();
            switch (entry.getKey()) {
                case "senders" -> {
                    Set<String> senders = new HashSet<>();
                    value.forEach(each -> senders.add(each.asText()));
                    screen.senders(senders);
                }
                case "reactions" ->
                    screen.reactions(
                            value.isBoolean()
                                    ? Optional.of(Shares.usual()).filter(shares -> value.asBoolean())
                                    : Optional.of(shares(value)));
                default ->
                    screen.choices()
                            .choose(
                                    OpenPoint.named(entry.getKey())
                                            .orElseThrow(() -> new IllegalArgumentException(
                                                    "there is no '" + entry.getKey() + "'")),
                                    value.isNull() ? null : value.asText());
            }
        }
        return Answers.done();
    }

    private Reply people(String key, JsonNode body) {
        List<String> emails = new ArrayList<>();
        if (body.has("emails")) {
            body.get("emails").forEach(each -> emails.add(each.asText()));
        } else {
            emails.add(Answers.required(body, "email"));
        }
        return Answers.done(
                Map.of("happened", screen.react(key, Reaction.of(Answers.required(body, "event")), emails)));
    }

    /** Reads the shares by reaction; those that are not named are 0, and without any they are the usual ones. */
    private static Shares shares(JsonNode body) {
        Map<Reaction, Double> of = new EnumMap<>(Reaction.class);
        for (Reaction reaction : Reaction.values()) {
            if (body.has(reaction.word())) {
                of.put(reaction, body.get(reaction.word()).asDouble());
            }
        }
        Shares usual = Shares.usual();
        String within = Answers.text(body, "within");
        return new Shares(
                of.isEmpty() ? usual.of() : of,
                body.path("seed").asLong(usual.seed()),
                within == null ? usual.within() : Duration.parse(within));
    }
}
