package io.consentbridge.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentbridge.consent.AddressScreening;
import io.consentbridge.consent.Confirmation;
import io.consentbridge.consent.Confirmation.Proof;
import io.consentbridge.consent.Confirmation.Via;
import io.consentbridge.consent.Ground;
import io.consentbridge.consent.LawfulBasis;
import io.consentbridge.consent.Purpose;
import io.consentbridge.consent.RefusalFields;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the section {@code confirmation} of a purpose, whose shape the schema has checked. */
final class ConfirmationReader {

    private static final String AT = "/confirmation";
    private static final List<String> GROUNDS = List.of("field", "existingCustomer", "accepted");
    private static final List<String> NEEDED_FOR_MAIL = List.of("from", "subject");
    private static final List<String> OF_MAIL = List.of("from", "subject", "template");

    private final YamlFile file;
    private final Findings findings;
    private final JsonNode section;

    ConfirmationReader(YamlFile file, Findings findings) {
        this.file = file;
        this.findings = findings;
        this.section = file.tree().path("confirmation");
    }

    /** The list through which Campaigns asks, under either of its keys. */
    static Optional<String> list(JsonNode tree) {
        return Optional.ofNullable(tree.path("confirmationList").textValue())
                .or(() -> Optional.ofNullable(
                        tree.path("confirmation").path("list").textValue()))
                .map(String::strip);
    }

    /** How the purpose asks; empty if it does not. Mistakes are among the findings. */
    Optional<Confirmation> read(Purpose purpose) {
        if (section.isMissingNode()) {
            return purpose.confirmationList().map(any -> Confirmation.BY_LIST);
        }
        Via via = Words.at(section, "via", Via.class, Via.MAIL);
        checkBasis(purpose);
        if (via == Via.MAIL) {
            checkMail(purpose);
        } else {
            checkZoho(purpose);
        }
        Optional<Duration> reminder = Optional.ofNullable(text("reminder"))
                .filter(word -> !word.equals("none"))
                .map(ConfirmationReader::duration);
        Duration expires = duration(section.path("expires").asText("14d"));
        if (reminder.filter(after -> after.compareTo(expires) >= 0).isPresent()) {
            wrong("/reminder", "the reminder comes after the request has expired", "write a shorter time than expires");
        }
        Duration askAgain = duration(section.path("askAgain").asText("90d"));
        if (askAgain.compareTo(expires) < 0) {
            wrong("/askAgain", "askAgain is shorter than expires", "write at least as long a time, such as 90d");
        }
        return Optional.of(new Confirmation(
                via,
                Optional.of(section.path("from"))
                        .filter(JsonNode::isObject)
                        .map(from -> new Confirmation.Sender(
                                from.path("name").asText().strip(),
                                from.path("address").asText().strip())),
                Optional.ofNullable(text("subject")),
                Optional.ofNullable(text("template")),
                expires,
                reminder,
                askAgain,
                ground(),
                proof(),
                Optional.of(section.path("onConfirmed"))
                        .filter(JsonNode::isObject)
                        .map(started -> new Confirmation.Workflow(
                                started.path("workflow").asText().strip(),
                                started.path("trigger").asText().strip()))));
    }

    private void checkBasis(Purpose purpose) {
        if (purpose.lawfulBasis() != LawfulBasis.CONSENT) {
            wrong(
                    "",
                    "confirmation is given, but the lawful basis "
                            + purpose.lawfulBasis().word() + " needs no consent",
                    "remove it, or write lawfulBasis: consent");
        }
    }

    private void checkMail(Purpose purpose) {
        NEEDED_FOR_MAIL.stream()
                .filter(key -> !section.has(key))
                .forEach(key -> wrong("", key + " is missing in confirmation", "add " + key + " for the mail"));
        Optional.ofNullable(section.path("from").path("address").textValue())
                .filter(address -> AddressScreening.refuser(address).isEmpty())
                .ifPresent(address -> wrong(
                        "/from/address",
                        "the sender has an address that cannot be used",
                        "write one such as news@example.com"));
        Optional.ofNullable(text("template"))
                .filter(template -> template.contains(".."))
                .ifPresent(template ->
                        wrong("/template", "the template lies outside the configuration folder", "write a path in it"));
        purpose.confirmationList()
                .ifPresent(list -> findings.add(
                        file.at(section.has("list") ? AT + "/list" : "/confirmationList"),
                        "a list is given, but the mail asks",
                        "remove it, or write via: zoho"));
    }

    private void checkZoho(Purpose purpose) {
        OF_MAIL.stream()
                .filter(section::has)
                .forEach(key -> wrong(
                        "/" + key, key + " is given, but Campaigns writes the mail", "remove it, or write via: mail"));
        if (section.has("reminder") && !"none".equals(text("reminder"))) {
            wrong("/reminder", "reminder is given, but Campaigns sends none", "remove it, or write via: mail");
        }
        if (purpose.confirmationList().isEmpty()) {
            wrong("/via", "list is missing in confirmation", "add the name of a list with a public sign-up form");
        }
        if (file.tree().has("confirmationList")
                && section.has("list")
                && !file.text("confirmationList").strip().equals(text("list"))) {
            wrong("/list", "list is another one than confirmationList", "remove one of the two");
        }
    }

    private Optional<Ground> ground() {
        JsonNode ground = section.path("ground");
        List<String> given = GROUNDS.stream().filter(ground::has).toList();
        if (ground.isMissingNode()) {
            return Optional.empty();
        }
        if (given.size() != 1) {
            wrong(
                    "/ground",
                    given.isEmpty() ? "ground is empty" : "ground has several of " + String.join(", ", given),
                    "write one of field, existingCustomer and accepted");
            return Optional.empty();
        }
        return switch (given.get(0)) {
            case "field" -> Optional.of(new Ground.Field(ground.path("field").textValue()));
            case "existingCustomer" ->
                Optional.of(new Ground.ExistingCustomer(
                        ground.path("existingCustomer").path("field").textValue(),
                        ground.path("existingCustomer").path("is").textValue().strip()));
            default -> accepted(ground.path("accepted"));
        };
    }

    private Optional<Ground> accepted(JsonNode accepted) {
        try {
            return Optional.of(new Ground.Accepted(
                    accepted.path("by").textValue().strip(),
                    LocalDate.parse(accepted.path("on").textValue()),
                    accepted.path("because").textValue().strip()));
        } catch (DateTimeParseException noDay) {
            wrong("/ground/accepted/on", "on is no day", "write it as 2026-11-01");
            return Optional.empty();
        }
    }

    private Map<String, Proof> proof() {
        Map<String, Proof> proof = new LinkedHashMap<>();
        section.path("proof").properties().forEach(entry -> {
            if (isOwnWord(entry.getKey())) {
                wrong(
                        "/proof/" + entry.getKey(),
                        entry.getKey() + " is never written: it is the person's own word",
                        "write the proof into fields of its own");
            } else if (!entry.getKey().matches("[A-Za-z][A-Za-z0-9_]*")) {
                wrong("/proof/" + entry.getKey(), entry.getKey() + " is no API name of a field", "write the API name");
            }
            proof.put(entry.getKey(), Words.of(entry.getValue().textValue(), Proof.class));
        });
        return proof;
    }

    // The CRM must not be told anything about these fields by the product.
    private static boolean isOwnWord(String field) {
        return RefusalFields.isOne(field) || field.equals("id");
    }

    private void wrong(String key, String what, String remedy) {
        findings.add(file.at(AT + key), what, remedy);
    }

    private String text(String key) {
        String text = section.path(key).textValue();
        return text == null ? null : text.strip();
    }

    /** A time such as 14d, which the schema has checked. */
    private static Duration duration(String text) {
        long number = Long.parseLong(text.substring(0, text.length() - 1));
        return switch (text.charAt(text.length() - 1)) {
            case 'm' -> Duration.ofMinutes(number);
            case 'h' -> Duration.ofHours(number);
            case 'w' -> Duration.ofDays(7 * number);
            default -> Duration.ofDays(number);
        };
    }
}
