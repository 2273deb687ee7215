package io.consentbridge.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentbridge.consent.AddressScreening;
import io.consentbridge.mailing.Campaign;
import io.consentbridge.mailing.Content;
import io.consentbridge.mailing.Recipients;
import io.consentbridge.mailing.SendTime;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/** Reads a campaign from its file; what it says of other files is checked by {@link CampaignReferences}. */
final class CampaignReader {

    private static final List<String> CONTENTS = List.of("clone", "url", "file");

    private final Findings findings;
    private final Map<String, Map<String, String>> templates;
    private final CampaignReferences references;

    /**
     * @param templates the fields of every mapping template without a mistake, by its name
     * @param references tells the connection of a campaign that names none
     */
    CampaignReader(Findings findings, Map<String, Map<String, String>> templates, CampaignReferences references) {
        this.findings = findings;
        this.templates = templates;
        this.references = references;
    }

    /**
     * The campaign; empty if the file has mistakes.
     *
     * @param faults the keys that violate the schema; the others are checked, so that all problems are reported at once
     */
    Optional<Campaign> read(YamlFile file, Set<String> faults) {
        int before = findings.size();
        Optional<Content> content = faults.contains("content") ? Optional.empty() : content(file);
        Optional<Recipients> recipients = faults.contains("recipients")
                ? Optional.empty()
                : new CampaignRecipientsReader(file, findings, templates).read();
        Optional<SendTime> send = faults.contains("send") ? Optional.empty() : send(file);
        checkSender(file);
        Optional<String> connection = references.connection(file);
        if (!faults.isEmpty()
                || findings.size() > before
                || content.isEmpty()
                || recipients.isEmpty()
                || send.isEmpty()
                || connection.isEmpty()) {
            return Optional.empty();
        }
        JsonNode tree = file.tree();
        return Optional.of(new Campaign(
                file.text("name"),
                connection.get(),
                file.text("purpose"),
                file.text("subject").strip(),
                new Campaign.Sender(
                        tree.path("from").path("name").textValue().strip(),
                        tree.path("from").path("address").textValue().strip()),
                content.get(),
                recipients.get(),
                crmCampaign(tree.path("crmCampaign")),
                send.get(),
                tree.path("approval").path("by").asInt(1),
                tree.path("test").path("byClone").asBoolean(),
                StreamSupport.stream(tree.path("children").spliterator(), false)
                        .map(one -> one.asText().strip())
                        .toList()));
    }

    private Optional<Content> content(YamlFile file) {
        JsonNode content = file.tree().path("content");
        List<String> given = CONTENTS.stream().filter(content::has).toList();
        if (given.size() != 1) {
            if (content.isObject()) {
                findings.add(
                        file.at("/content"),
                        given.isEmpty()
                                ? "content says neither clone nor url nor file"
                                : "content says " + String.join(" and ", given),
                        "write one of clone: CAMPAIGN_KEY, url: https://… and file: campaigns/spring.html");
            }
            return Optional.empty();
        }
        String text = content.path(given.get(0)).textValue().strip();
        return switch (given.get(0)) {
            case "clone" -> Optional.of(new Content.Clone(text));
            case "url" -> page(file, text);
            default -> inFolder(file, "/content/file", text).map(Content.File::new);
        };
    }

    private Optional<Content> page(YamlFile file, String text) {
        try {
            URI url = new URI(text);
            boolean web = "https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme());
            if (web && url.getHost() != null && url.getUserInfo() == null) {
                return Optional.of(new Content.Page(text));
            }
        } catch (URISyntaxException noUrl) {
            // Reported below.
        }
        findings.add(
                file.at("/content/url"),
                "url is not the address of a public page",
                "write one such as https://www.example.com/spring.html, without user and password");
        return Optional.empty();
    }

    /** A path in the configuration folder; empty, with a finding, for any other. */
    private Optional<String> inFolder(YamlFile file, String pointer, String path) {
        if (path.startsWith("/") || path.contains("..") || path.contains("\\")) {
            findings.add(
                    file.at(pointer),
                    "the file lies outside the configuration folder",
                    "write a path in it, such as campaigns/spring.html");
            return Optional.empty();
        }
        return Optional.of(path);
    }

    private Optional<SendTime> send(YamlFile file) {
        JsonNode send = file.tree().path("send");
        if (send.isMissingNode() || "now".equals(send.textValue())) {
            return Optional.of(new SendTime.Now());
        }
        if (send.isTextual()) {
            findings.add(
                    file.at("/send"),
                    "send is \"" + send.textValue() + "\"",
                    "write now, or a time such as {at: \"2026-12-01T09:00\", zone: Europe/Berlin}");
            return Optional.empty();
        }
        Optional<ZoneId> zone =
                Optional.ofNullable(send.path("zone").textValue()).flatMap(word -> zone(file, word));
        boolean recipients = send.path("recipientsTimeZone").booleanValue();
        Optional<LocalDateTime> at = at(file, send.path("at").textValue());
        if (recipients && at.filter(time -> time.getMinute() % 5 != 0).isPresent()) {
            findings.add(
                    file.at("/send/at"),
                    "Zoho Campaigns keeps schedules of whole five minutes only",
                    "write minutes such as 00, 05 or 55, or recipientsTimeZone: false");
        }
        if (send.has("zone") && zone.isEmpty()) {
            return Optional.empty();
        }
        at.flatMap(time -> zone.filter(
                        where -> where.getRules().getValidOffsets(time).isEmpty()))
                .ifPresent(gap -> findings.add(
                        file.at("/send/at"),
                        "that time does not exist in " + gap.getId() + ", because the clock is put forward",
                        "write an hour later"));
        return at.map(time -> new SendTime.At(time, zone, recipients));
    }

    private Optional<ZoneId> zone(YamlFile file, String word) {
        try {
            return Optional.of(ZoneId.of(word.strip()));
        } catch (DateTimeException unknown) {
            findings.add(file.at("/send/zone"), "there is no time zone " + word, "write one such as Europe/Berlin");
            return Optional.empty();
        }
    }

    private Optional<LocalDateTime> at(YamlFile file, String text) {
        try {
            return Optional.of(LocalDateTime.parse(text));
        } catch (DateTimeException noSuchTime) {
            findings.add(
                    file.at("/send/at"),
                    text + " is not a time",
                    "write a day and a time in quotes, such as \"2026-12-01T09:00\"");
            return Optional.empty();
        }
    }

    private void checkSender(YamlFile file) {
        String address = file.tree().path("from").path("address").textValue();
        if (address != null && AddressScreening.refuser(address).isEmpty()) {
            findings.add(
                    file.at("/from/address"),
                    "the sender has an address that cannot be used",
                    "write one such as news@example.com");
        }
    }

    private static Optional<Campaign.CrmCampaign> crmCampaign(JsonNode section) {
        return section.isObject()
                ? Optional.of(new Campaign.CrmCampaign(
                        section.path("create").booleanValue(),
                        text(section, "type"),
                        text(section, "memberStatus"),
                        text(section, "description")))
                : Optional.empty();
    }

    private static Optional<String> text(JsonNode section, String key) {
        return Optional.ofNullable(section.path(key).textValue()).map(String::strip);
    }
}
