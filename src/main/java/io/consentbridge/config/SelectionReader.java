package io.consentbridge.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.consentbridge.sync.Selection;
import io.consentbridge.sync.Selection.All;
import io.consentbridge.sync.Selection.Condition;
import io.consentbridge.sync.Selection.CreatedRange;
import io.consentbridge.sync.Selection.Criteria;
import io.consentbridge.sync.Selection.Scope;
import io.consentbridge.sync.Selection.View;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code select}; a file without it selects every record. */
final class SelectionReader {

    private static final ObjectMapper VALUES = new ObjectMapper();
    // Each key of a scope that is not "all".
    private static final Map<String, String> OWNERS =
            Map.of("view", "view", "conditions", "criteria", "pattern", "criteria");

    private final YamlFile file;
    private final JsonNode select;
    private final Findings findings;

    SelectionReader(YamlFile file, Findings findings) {
        this.file = file;
        this.select = file.tree().path("select");
        this.findings = findings;
    }

    Selection read() {
        String scope = select.path("scope").asText("all");
        OWNERS.forEach((key, owner) -> {
            if (select.has(key) && !owner.equals(scope)) {
                findings.add(
                        file.at("/select/" + key),
                        key + " is given with scope: " + scope,
                        "delete it, or write scope: " + owner);
            }
        });
        return new Selection(scope(scope), created());
    }

    private Scope scope(String scope) {
        return switch (scope) {
            case "view" -> new View(required("view", "view: and the name of a custom view"));
            case "criteria" -> {
                required("conditions", "conditions: and at least one of them");
                yield new Criteria(conditions(), select.path("pattern").textValue());
            }
            default -> new All();
        };
    }

    private String required(String key, String right) {
        if (!select.has(key)) {
            findings.add(file.at("/select/scope"), key + " is missing in select", "add " + right);
        }
        return select.path(key).asText();
    }

    private List<Condition> conditions() {
        List<Condition> conditions = new ArrayList<>();
        select.path("conditions")
                .forEach(one -> conditions.add(new Condition(
                        one.path("field").textValue(),
                        one.path("operator").textValue(),
                        VALUES.convertValue(one.path("value"), Object.class))));
        return conditions;
    }

    private Optional<CreatedRange> created() {
        if (!select.has("created")) {
            return Optional.empty();
        }
        LocalDate from = day("from");
        LocalDate to = day("to");
        if (from != null && to != null && from.isAfter(to)) {
            findings.add(file.at("/select/created"), "created ends before it begins", "write from before to");
        }
        return Optional.of(new CreatedRange(from, to));
    }

    private LocalDate day(String key) {
        String text = select.path("created").path(key).textValue();
        try {
            return text == null ? null : LocalDate.parse(text);
        } catch (DateTimeException noSuchDay) {
            findings.add(file.at("/select/created/" + key), text + " is no day", "write one such as 2026-06-30");
            return null;
        }
    }
}
