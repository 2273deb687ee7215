package io.consentbridge.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.consentbridge.sync.ConditionFault;
import io.consentbridge.sync.ConditionShape;
import io.consentbridge.sync.PatternFault;
import io.consentbridge.sync.PatternReader;
import io.consentbridge.sync.Selection;
import io.consentbridge.sync.Selection.All;
import io.consentbridge.sync.Selection.Condition;
import io.consentbridge.sync.Selection.CreatedRange;
import io.consentbridge.sync.Selection.Criteria;
import io.consentbridge.sync.Selection.Each;
import io.consentbridge.sync.Selection.Kind;
import io.consentbridge.sync.Selection.Scope;
import io.consentbridge.sync.Selection.View;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads {@code select}; a file without it selects every record. */
final class SelectionReader {

    private static final ObjectMapper VALUES = new ObjectMapper();
    // Each key of a scope that is not "all".
    private static final Map<String, String> OWNERS =
            Map.of("view", "view", "conditions", "criteria", "pattern", "criteria");
    // Each key that goes with "each".
    private static final Map<String, String> EACH_OF = Map.of("views", "view", "campaigns", "campaign");
    // The modules that are related lists of the campaigns module (docs/zoho-notes.md, "CRM: campaigns and their
    // members").
    private static final Set<String> CAMPAIGN_MODULES = Set.of("Leads", "Contacts");
    private static final String ACTIVE = "active";

    private final YamlFile file;
    private final JsonNode select;
    private final Findings findings;

    SelectionReader(YamlFile file, Findings findings) {
        this.file = file;
        this.select = file.tree().path("select");
        this.findings = findings;
    }

    Selection read() {
        if (select.has("each")) {
            return new Selection(each(), created());
        }
        if (!select.isMissingNode() && !select.has("scope")) {
            findings.add(file.at("/select"), "scope is missing in select", "add scope: all, view or criteria");
        }
        EACH_OF.forEach((key, kind) -> {
            if (select.has(key)) {
                findings.add(
                        file.at("/select/" + key),
                        key + " needs each",
                        "write each: " + kind + " instead of scope, or delete this line");
            }
        });
        String scope = select.path("scope").asText("all");
        OWNERS.forEach((key, owner) -> {
            if (select.has(key) && !owner.equals(scope)) {
                findings.add(
                        file.at("/select/" + key),
                        key + " cannot be combined with scope: " + scope,
                        "delete it, or write scope: " + owner);
            }
        });
        return new Selection(scope(scope), created());
    }

    /** Each view or campaign (B104). */
    private Scope each() {
        String word = select.path("each").asText();
        Stream.concat(Stream.of("scope"), OWNERS.keySet().stream().sorted())
                .filter(select::has)
                .forEach(key -> findings.add(
                        file.at("/select/" + key),
                        key + " cannot be combined with each: " + word,
                        "delete one of them"));
        EACH_OF.forEach((key, kind) -> {
            if (select.has(key) && !kind.equals(word)) {
                findings.add(
                        file.at("/select/" + key),
                        key + " cannot be combined with each: " + word,
                        "delete it, or write each: " + kind);
            }
        });
        if (word.equals("view")) {
            return new Each(Kind.VIEW, names("views"));
        }
        if (!CAMPAIGN_MODULES.contains(file.text("module"))) {
            findings.add(
                    file.at("/select/each"),
                    "CRM campaigns have leads and contacts as members, not " + file.text("module"),
                    "write module: Leads or module: Contacts, or each: view");
        }
        JsonNode campaigns = select.path("campaigns");
        if (campaigns.isMissingNode()
                || campaigns.isTextual() && !campaigns.textValue().equals(ACTIVE)) {
            findings.add(
                    file.at(campaigns.isMissingNode() ? "/select/each" : "/select/campaigns"),
                    campaigns.isMissingNode()
                            ? "campaigns is missing in select"
                            : "campaigns is " + campaigns.textValue() + ", which is neither active nor a list",
                    "write campaigns: active, or a list of names such as [Spring fair]");
        }
        return new Each(Kind.CAMPAIGN, names("campaigns"));
    }

    private List<String> names(String key) {
        List<String> names = new ArrayList<>();
        for (JsonNode name : select.path(key)) {
            if (name.asText().isBlank() || name.isContainerNode()) {
                findings.add(
                        file.at("/select/" + key + "/" + names.size()),
                        "an entry of " + key + " is not a name",
                        "write a name or an id, such as [Spring fair]");
            }
            names.add(name.asText().strip());
        }
        return names;
    }

    private Scope scope(String scope) {
        return switch (scope) {
            case "view" -> new View(required("view", "view: and the name of a custom view"));
            case "criteria" -> {
                required("conditions", "conditions: and at least one of them");
                List<Condition> conditions = conditions();
                yield new Criteria(conditions, pattern(conditions.size()));
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
        for (JsonNode one : select.path("conditions")) {
            Condition condition = new Condition(
                    one.path("field").textValue(),
                    one.path("operator").textValue(),
                    VALUES.convertValue(one.path("value"), Object.class));
            check(condition, "/select/conditions/" + conditions.size());
            conditions.add(condition);
        }
        return conditions;
    }

    private void check(Condition condition, String pointer) {
        try {
            ConditionShape.check(condition);
        } catch (ConditionFault fault) {
            String element = "/" + fault.element().name().toLowerCase(Locale.ROOT);
            findings.add(file.at(pointer + element), fault.getMessage(), fault.whatWouldBeRight());
        }
        if (namesConverted(condition)
                && file.text("module").equals("Leads")
                && !"include".equals(file.text("convertedLeads"))) {
            findings.add(
                    file.at(pointer),
                    "this condition selects converted leads, which the sync leaves out",
                    "write convertedLeads: include, or another condition");
        }
    }

    // Such a sync would deliver nobody, and nobody would see why (docs/decisions/0013-rulings.md, ruling 6).
    private static boolean namesConverted(Condition condition) {
        List<?> values = condition.value() instanceof List<?> list
                ? list
                : condition.value() == null ? List.of() : List.of(condition.value());
        boolean positive = List.of("equals", "in").contains(condition.operator());
        return positive
                && ("Lead_Status".equals(condition.field()) && values.contains("Converted")
                        || "Converted__s".equals(condition.field())
                                && values.stream()
                                        .anyMatch(value -> value.toString().equals("true")));
    }

    private String pattern(int conditions) {
        String text = select.has("pattern") ? select.path("pattern").asText() : null;
        if (text != null && conditions > 0) {
            try {
                PatternReader.read(text, conditions);
            } catch (PatternFault fault) {
                findings.add(
                        file.character("/select/pattern", fault.at()),
                        fault.getMessage(),
                        fault.whatWouldBeRight()
                                + fault.picture(text).indent(4).stripTrailing().transform("\n"::concat));
            }
        }
        return text;
    }

    private Optional<CreatedRange> created() {
        if (!select.has("created")) {
            return Optional.empty();
        }
        LocalDate from = day("from");
        LocalDate to = day("to");
        if (from != null && to != null && from.isAfter(to)) {
            findings.add(
                    file.at("/select/created"),
                    "created.to is before created.from",
                    "write the earlier date" + " in from");
        }
        return Optional.of(new CreatedRange(from, to));
    }

    private LocalDate day(String key) {
        String text = select.path("created").path(key).textValue();
        try {
            return text == null ? null : LocalDate.parse(text);
        } catch (DateTimeException noSuchDay) {
            findings.add(file.at("/select/created/" + key), text + " is not a date", "write a date such as 2026-06-30");
            return null;
        }
    }
}
