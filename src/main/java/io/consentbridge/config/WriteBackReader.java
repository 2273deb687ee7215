package io.consentbridge.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentbridge.consent.RefusalFields;
import io.consentbridge.reaction.Figure;
import io.consentbridge.reaction.Ladder;
import io.consentbridge.reaction.Reaction;
import io.consentbridge.reaction.WriteBack;
import io.consentbridge.reaction.WriteBack.Bounces;
import io.consentbridge.reaction.WriteBack.CampaignRecord;
import io.consentbridge.reaction.WriteBack.ListedPeople;
import io.consentbridge.reaction.WriteBack.MemberField;
import io.consentbridge.reaction.WriteBack.OptOuts;
import io.consentbridge.reaction.WriteBack.People;
import io.consentbridge.reaction.WriteBack.SentCampaigns;
import io.consentbridge.reaction.WriteBack.Update;
import io.consentbridge.reaction.WriteBack.When;
import io.consentbridge.sync.Nearest;
import io.consentbridge.sync.Schedule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a write-back from its file; its references to connections and purposes are resolved in {@link #refer}. */
final class WriteBackReader {

    private static final String NONE = "none";
    private static final String OPT_OUT = "optOut";
    private static final String BOUNCE = "bounce";
    private static final String CAMPAIGNS = "campaigns";
    private static final String MEMBERS = "members";
    private static final String FIELD = "field";
    private static final String UPDATE = "update";

    private final Findings findings;

    WriteBackReader(Findings findings) {
        this.findings = findings;
    }

    /**
     * The write-back; empty if the file has mistakes.
     *
     * @param faults the keys that violate the schema; the others are checked, so that all problems are reported at once
     */
    Optional<WriteBack> read(YamlFile file, Set<String> faults) {
        int before = findings.size();
        JsonNode tree = file.tree();
        Optional<Schedule> schedule =
                faults.contains("schedule") ? Optional.empty() : new SyncScheduleReader(file, findings, true).read();
        Optional<OptOuts> optOut = group(tree, OPT_OUT, faults).map(given -> optOut(file, given));
        Bounces bounce =
                group(tree, BOUNCE, faults).map(given -> bounce(file, given)).orElse(Bounces.NONE);
        Optional<SentCampaigns> campaigns = group(tree, CAMPAIGNS, faults).map(given -> campaigns(file, given));
        Optional<ListedPeople> members = group(tree, MEMBERS, faults).map(given -> members(file, given));
        if (faults.isEmpty()
                && optOut.isEmpty()
                && bounce.equals(Bounces.NONE)
                && campaigns.isEmpty()
                && members.isEmpty()) {
            findings.add(
                    file.at(""),
                    "the write-back writes nothing",
                    "add optOut, bounce, campaigns or members, or delete the file");
        }
        return faults.isEmpty() && findings.size() == before
                ? Optional.of(new WriteBack(
                        file.text("name"), file.text("connection"), schedule, optOut, bounce, campaigns, members))
                : Optional.empty();
    }

    /**
     * Reports purposes that do not exist, and names that a sync has as well.
     *
     * @param purposes the names of all purposes; empty if they are not all known
     */
    void refer(YamlFile file, Optional<Set<String>> purposes, Map<String, YamlFile> syncs) {
        JsonNode fields = file.tree().path(OPT_OUT).path(FIELD);
        if (fields.isObject()) {
            purposes.ifPresent(known -> fields.fieldNames().forEachRemaining(purpose -> {
                if (!known.contains(purpose)) {
                    findings.add(
                            file.at("/optOut/field/" + escaped(purpose)),
                            "there is no purpose " + purpose,
                            Nearest.hint(purpose, known));
                }
            }));
        }
        String name = file.text("name");
        if (name != null && syncs.containsKey(name)) {
            findings.add(
                    file.at("/name"),
                    "the name " + name + " is already that of a sync, in "
                            + syncs.get(name).name(),
                    "give the write-back another name, because history is shown by name");
        }
    }

    private static Optional<JsonNode> group(JsonNode tree, String key, Set<String> faults) {
        return faults.contains(key) || !tree.has(key) ? Optional.empty() : Optional.of(tree.path(key));
    }

    private OptOuts optOut(YamlFile file, JsonNode given) {
        List<String> modules = new ArrayList<>();
        given.path("modules")
                .forEach(module -> module(file, "/optOut/modules/" + modules.size(), module.textValue(), modules));
        JsonNode field = given.path(FIELD);
        Map<String, String> purposes = new LinkedHashMap<>();
        if (field.isObject()) {
            field.properties()
                    .forEach(entry -> purposes.put(
                            entry.getKey(),
                            checkbox(
                                    file,
                                    "/optOut/field/" + escaped(entry.getKey()),
                                    entry.getValue().textValue())));
        }
        return new OptOuts(
                Words.at(given, "when", When.class, null),
                field.isTextual() ? Optional.of(checkbox(file, "/optOut/field", field.textValue())) : Optional.empty(),
                purposes,
                modules.isEmpty() ? WriteBack.PEOPLE : modules);
    }

    private void module(YamlFile file, String pointer, String module, Collection<String> modules) {
        ModuleName.standard(module)
                .ifPresent(right -> findings.add(
                        file.at(pointer), "module is " + module + ", but the CRM calls it " + right, "write " + right));
        if (modules.contains(module)) {
            findings.add(file.at(pointer), module + " is given twice", "delete one of them");
        }
        modules.add(module);
    }

    /** A field into which yes is written. */
    private String checkbox(YamlFile file, String pointer, String field) {
        if (!RefusalFields.mayBecome(field, true)) {
            findings.add(
                    file.at(pointer),
                    field + " is never written from here",
                    "write Email_Opt_Out, or a checkbox of your own");
        }
        return field;
    }

    private Bounces bounce(YamlFile file, JsonNode given) {
        return new Bounces(
                bounceField(file, given, "hard"), bounceField(file, given, "soft"), bounceField(file, given, "count"));
    }

    private Optional<String> bounceField(YamlFile file, JsonNode given, String key) {
        Optional<String> field =
                Optional.ofNullable(given.path(key).textValue()).filter(name -> !name.equals(NONE));
        field.filter(RefusalFields::isOne)
                .ifPresent(name -> findings.add(
                        file.at("/bounce/" + key),
                        name + " says that a person refuses mail, or who they are, and a bounce is neither",
                        "write another field, or none"));
        return field;
    }

    private SentCampaigns campaigns(YamlFile file, JsonNode given) {
        Map<String, Figure> counts = new LinkedHashMap<>();
        given.path("counts")
                .properties()
                .forEach(entry -> counts.put(
                        entry.getKey(), Figure.of(entry.getValue().textValue()).orElseThrow()));
        People people = Words.at(given, "people", People.class, People.NONE);
        Optional<String> consent =
                Optional.ofNullable(given.path("trackingConsent").textValue());
        Ladder ladder = ladder(file, given);
        if (people == People.OPENS_WITH_CONSENT && consent.isEmpty()) {
            findings.add(
                    file.at("/campaigns/people"),
                    "people is opens-with-consent, but trackingConsent is missing",
                    "add trackingConsent: the CRM field that allows tracking, or write people: clicks");
        }
        if (people != People.OPENS_WITH_CONSENT && consent.isPresent()) {
            findings.add(
                    file.at("/campaigns/trackingConsent"),
                    "trackingConsent is given, but opens are not written per person",
                    "write people: opens-with-consent, or delete this line");
        }
        if (people != People.NONE && ladder.rungs().isEmpty() && !given.has("ladder")) {
            findings.add(
                    file.at("/campaigns/people"),
                    "people is " + given.path("people").textValue() + ", but ladder is missing",
                    "add ladder: the words of Member_Status, such as [Sent, Opened, Clicked]");
        }
        counts.keySet().stream()
                .filter(field -> given.path("key").asText().equals(field))
                .forEach(field -> findings.add(
                        file.at("/campaigns/counts/" + field), field + " holds the key", "count into another field"));
        return new SentCampaigns(
                Words.at(given, "record", CampaignRecord.class, CampaignRecord.MATCH),
                Optional.ofNullable(given.path("key").textValue()),
                ladder,
                counts,
                people,
                consent);
    }

    private Ladder ladder(YamlFile file, JsonNode given) {
        Map<String, Optional<Reaction>> rungs = new LinkedHashMap<>();
        Set<Reaction> met = new LinkedHashSet<>();
        int at = 0;
        Reaction highest = null;
        for (JsonNode rung : given.path("ladder")) {
            String pointer = "/campaigns/ladder/" + at++;
            String word = (rung.isObject() ? rung.fieldNames().next() : rung.textValue()).strip();
            Optional<Reaction> reaction = rung.isObject()
                    ? Reaction.of(rung.path(rung.fieldNames().next()).asText())
                    : Reaction.of(word);
            if (rungs.containsKey(word)) {
                findings.add(file.at(pointer), word + " stands twice on the ladder", "delete one of them");
            }
            if (reaction.isPresent() && !met.add(reaction.get())) {
                findings.add(
                        file.at(pointer),
                        word + " stands for " + reaction.get().word() + ", as another word of the ladder does",
                        "let one word stand for each of " + String.join(", ", Reaction.words()));
            } else if (reaction.isPresent() && highest != null && reaction.get().compareTo(highest) < 0) {
                findings.add(
                        file.at(pointer),
                        word + " stands above " + highest.word() + ", which is more",
                        "write the lowest word first: " + String.join(", ", Reaction.words()));
            }
            highest = reaction.orElse(highest);
            rungs.put(word, reaction);
        }
        if (!rungs.isEmpty() && met.isEmpty()) {
            findings.add(
                    file.at("/campaigns/ladder"),
                    "no word of the ladder stands for sent, opened or clicked",
                    "say what each word stands for, such as {"
                            + rungs.keySet().iterator().next() + ": sent}");
        }
        return new Ladder(rungs);
    }

    private ListedPeople members(YamlFile file, JsonNode given) {
        Update update = Words.at(given, UPDATE, Update.class, Update.NEVER);
        Map<String, MemberField> mapping = new LinkedHashMap<>();
        given.path("mapping").properties().forEach(entry -> {
            JsonNode value = entry.getValue();
            if (RefusalFields.isOne(entry.getKey())) {
                findings.add(
                        file.at("/members/mapping/" + escaped(entry.getKey())),
                        entry.getKey() + " is never written from a list",
                        "delete this line");
            }
            mapping.put(
                    entry.getKey(),
                    value.isObject()
                            ? new MemberField(
                                    value.path("from").asText().strip(), Words.at(value, UPDATE, Update.class, update))
                            : new MemberField(value.asText().strip(), update));
        });
        boolean create = given.path("create").booleanValue();
        boolean updates = mapping.values().stream().anyMatch(field -> field.update() != Update.NEVER);
        if (!create && !updates) {
            findings.add(
                    file.at("/members"),
                    "members neither makes records nor updates any",
                    "write create: true, or update: only-empty with a mapping");
        }
        String into = given.path("into").textValue();
        module(file, "/members/into", into, new ArrayList<>());
        return new ListedPeople(given.path("list").textValue().strip(), into, create, mapping);
    }

    private static String escaped(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }
}
