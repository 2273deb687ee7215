package io.consentbridge.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentbridge.consent.Disclosure;
import java.time.Period;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Reads what a purpose says for consent records, whose shape the schema has checked. */
final class DisclosureReader {

    private DisclosureReader() {}

    static Disclosure read(YamlFile file) {
        JsonNode tree = file.tree();
        return new Disclosure(
                text(file, "language"),
                text(file, "notice"),
                Optional.of(tree.path("controller"))
                        .filter(JsonNode::isObject)
                        .map(one -> new Disclosure.Controller(
                                one.path("name").asText().strip(),
                                one.path("address").asText().strip(),
                                one.path("contact").asText().strip())),
                StreamSupport.stream(tree.path("recipients").spliterator(), false)
                        .map(one -> one.textValue().strip())
                        .toList(),
                text(file, "storage"),
                text(file, "retention"),
                text(file, "validity").map(DisclosureReader::period),
                text(file, "withdrawal"),
                text(file, "jurisdiction"),
                text(file, "authority"),
                Words.at(tree, "onErasure", Disclosure.OnErasure.class, Disclosure.OnErasure.UNSUBSCRIBE));
    }

    private static Optional<String> text(YamlFile file, String key) {
        return Optional.ofNullable(file.text(key)).map(String::strip);
    }

    private static Period period(String text) {
        int number = Integer.parseInt(text.replaceAll("\\D", ""));
        return switch (text.replaceAll("\\d", "")) {
            case "w" -> Period.ofWeeks(number);
            case "mo" -> Period.ofMonths(number);
            case "y" -> Period.ofYears(number);
            default -> Period.ofDays(number);
        };
    }
}
