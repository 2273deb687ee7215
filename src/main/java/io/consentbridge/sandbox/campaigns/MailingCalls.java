package io.consentbridge.sandbox.campaigns;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentbridge.sandbox.web.Json;
import io.consentbridge.sandbox.web.Request;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Creates and clones campaigns (docs/zoho-notes.md, "Campaigns: creating and cloning campaigns"). */
final class MailingCalls {

    private final Mailings mailings;
    private final Choices choices;

    MailingCalls(Mailings mailings) {
        this.mailings = mailings;
        this.choices = mailings.choices();
    }

    Envelope create(Request request) {
        String path = request.path();
        boolean missing = Stream.of("campaignname", "from_email", "subject", "list_details")
                .anyMatch(name -> blank(request.param(name)));
        if (missing || blank(request.param("topicId")) && choices.is(OpenPoint.WITHOUT_TOPIC, "903")) {
            return missing(path);
        }
        Optional<Map<String, List<String>>> lists = lists(request.param("list_details"));
        if (lists.isEmpty()) {
            return Envelope.error(path, "1001", "Pattern not matched.");
        }
        boolean known = lists.get().keySet().stream()
                .anyMatch(key -> mailings.account().list(key).isPresent());
        if (!known) {
            return Envelope.error(path, "6606", "No mailing lists are associated with the campaign.");
        }
        String topic = topic(request.param("topicId"));
        if (topic == null) {
            return Envelope.error(path, "1001", "Pattern not matched.");
        }
        if (!mailings.verified(request.param("from_email")) && !choices.is(OpenPoint.UNVERIFIED_SENDER, "accepted")) {
            return unverified(path, choices.value(OpenPoint.UNVERIFIED_SENDER));
        }
        String url = request.param("content_url");
        ContentImport.Result content = blank(url)
                ? new ContentImport.Result(null, Content.NONE)
                : mailings.imports().begin(url, mailings.now());
        if (content.code() != null) {
            return Envelope.error(path, content.code(), words(content.code()));
        }
        Mailing mailing = mailings.add(
                request.param("campaignname"),
                new Letter(
                        request.param("subject"),
                        request.param("from_name"),
                        request.param("from_email"),
                        null,
                        content.content()),
                new Audience(lists.get(), topic),
                true,
                false);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("message", "Campaign created successfully");
        body.put("campaignKey", mailing.key());
        body.put("code", "200");
        body.put("uri", path);
        return new Envelope("200", body);
    }

    Envelope copy(Request request) {
        String path = request.path();
        JsonNode info = Optional.ofNullable(request.param("campaigninfo"))
                .flatMap(Json::read)
                .filter(JsonNode::isObject)
                .orElse(null);
        if (info == null
                || Stream.of("campaignname", "subject", "oldcampaignkey").anyMatch(name -> blank(text(info, name)))) {
            return missing(path);
        }
        Mailing original = mailings.find(text(info, "oldcampaignkey"))
                .filter(each -> !each.deleted())
                .orElse(null);
        if (original == null) {
            return Envelope.error(path, "7001", "Invalid campaign key.");
        }
        Letter old = original.letter();
        String from = blank(text(info, "from_add")) ? old.from() : text(info, "from_add");
        if (!mailings.verified(from)) {
            return unverified(path, "6610");
        }
        Letter letter = new Letter(
                text(info, "subject"),
                blank(text(info, "from_name")) ? old.fromName() : text(info, "from_name"),
                from,
                blank(text(info, "reply_to")) ? old.replyTo() : text(info, "reply_to"),
                old.content());
        Audience audience = choices.is(OpenPoint.CLONE, "keeps") ? original.audience() : Audience.NOBODY;
        Mailing copy = mailings.add(text(info, "campaignname"), letter, audience, true, false);
        Cells details = new Cells(choices);
        if (choices.is(OpenPoint.CLONE_KEY, "told")) {
            details.text("campaign_key", copy.key());
        }
        details.text("campaign_name", copy.name())
                .text("campaign_status", MailingState.DRAFT.shown(choices))
                .text("email_subject", letter.subject())
                .text("email_from", letter.from())
                .text("sender_name", letter.fromName())
                .text("reply_to", letter.replyTo())
                .millis("created_time", copy.created());
        return Envelope.well(path, "Campaign cloned successfully.").with("campaign-details", List.of(details.row()));
    }

    private String topic(String id) {
        if (blank(id)) {
            return mailings.account().topics().stream()
                    .findFirst()
                    .map(Topic::id)
                    .orElse("");
        }
        return mailings.account().hasTopic(id) ? id : null;
    }

    /** Reads {@code {"LISTKEY":["SEGMENT"]}}; empty for anything else, and for no list at all. */
    private static Optional<Map<String, List<String>>> lists(String text) {
        JsonNode json = Json.read(text).filter(JsonNode::isObject).orElse(null);
        if (json == null || json.isEmpty()) {
            return Optional.empty();
        }
        Map<String, List<String>> lists = new LinkedHashMap<>();
        for (var entry : json.properties()) {
            if (!entry.getValue().isArray()) {
                return Optional.empty();
            }
            List<String> ids = new ArrayList<>();
            entry.getValue().forEach(id -> ids.add(id.asText()));
            lists.put(entry.getKey(), List.copyOf(ids));
        }
        return Optional.of(lists);
    }

    private static String text(JsonNode info, String name) {
        JsonNode value = info.get(name);
        return value == null || value.isNull() ? null : value.asText();
    }

    private static boolean blank(String text) {
        return text == null || text.isBlank();
    }

    private static Envelope missing(String path) {
        return Envelope.error(path, "903", "Mandatory parameter is missing.");
    }

    private static Envelope unverified(String path, String code) {
        return Envelope.error(path, code, code.equals("500") ? "Internal error." : "Sender address is not verified.");
    }

    private static String words(String code) {
        return switch (code) {
            case "1004" -> "Invalid content URL.";
            case "3001" -> "Content exceeds 300000 characters.";
            default -> "Internal error.";
        };
    }
}
