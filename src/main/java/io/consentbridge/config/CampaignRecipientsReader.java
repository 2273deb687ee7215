package io.consentbridge.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentbridge.consent.ConsentSetting;
import io.consentbridge.consent.LawfulBasis;
import io.consentbridge.mailing.Recipients;
import io.consentbridge.mailing.Recipients.ExistingMembers;
import io.consentbridge.mailing.Recipients.Source;
import io.consentbridge.mapping.Mapping;
import io.consentbridge.sync.Selection;
import io.consentbridge.sync.Sync.ConvertedLeads;
import io.consentbridge.sync.Sync.EvidenceDepth;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code recipients} of a campaign: syncs, or records of a module, or a file of people. */
final class CampaignRecipientsReader {

    private static final List<String> OF_RECORDS = List.of("select", "evidence", "convertedLeads");
    private static final List<String> OF_SYNC_NOT =
            List.of("module", "select", "consent", "mapping", "evidence", "convertedLeads", "origin", "basis");
    private static final List<String> OF_FILE = List.of("origin", "basis");

    private final YamlFile file;
    private final YamlFile section;
    private final JsonNode recipients;
    private final Findings findings;
    private final Map<String, Map<String, String>> templates;

    CampaignRecipientsReader(YamlFile file, Findings findings, Map<String, Map<String, String>> templates) {
        this.file = file;
        this.section = file.section("/recipients");
        this.recipients = section.tree();
        this.findings = findings;
        this.templates = templates;
    }

    /** The recipients; empty, with findings, if there are mistakes. */
    Optional<Recipients> read() {
        if (!recipients.isObject()) {
            return Optional.empty();
        }
        int before = findings.size();
        Optional<Source> source = source();
        return findings.size() == before
                ? source.map(from ->
                        new Recipients(from, Words.at(recipients, "existingMembers", ExistingMembers.class, null)))
                : Optional.empty();
    }

    private Optional<Source> source() {
        boolean sync = recipients.has("sync");
        boolean people = recipients.has("file");
        if (sync && people || !sync && !people && !recipients.has("module")) {
            findings.add(
                    file.at("/recipients"),
                    sync ? "recipients says sync and file" : "recipients says neither sync nor module nor file",
                    "write one of sync: NAME, module: Leads with select, and file: people.csv");
            return Optional.empty();
        }
        if (sync) {
            refuse(OF_SYNC_NOT, "sync, which says it in its own file");
            return Optional.of(new Recipients.OfSyncs(syncs()));
        }
        ModuleName.standard(section.text("module"))
                .ifPresent(right -> findings.add(
                        file.at("/recipients/module"),
                        "module is " + section.text("module") + ", but the CRM calls it " + right,
                        "write module: " + right));
        Optional<Mapping> mapping = new MappingReader(findings).ofSync(section, templates);
        return people ? people(mapping) : records(mapping);
    }

    private List<String> syncs() {
        JsonNode given = recipients.path("sync");
        if (given.isTextual()) {
            return List.of(given.textValue().strip());
        }
        Set<String> names = new LinkedHashSet<>();
        for (JsonNode one : given) {
            if (!one.isTextual() || !names.add(one.textValue().strip())) {
                findings.add(
                        file.at("/recipients/sync"),
                        one.isTextual() ? "sync names " + one.textValue() + " twice" : "an entry of sync is not a name",
                        "write the name of each sync once, such as [newsletter-leads, newsletter-contacts]");
            }
        }
        return List.copyOf(names);
    }

    private Optional<Source> records(Optional<Mapping> mapping) {
        refuse(OF_FILE, "module without file");
        Selection selection = new SelectionReader(section, findings).read();
        if (selection.scope() instanceof Selection.Each) {
            findings.add(
                    file.at("/recipients/select/each"),
                    "a campaign is sent to one list, and each makes several",
                    "write scope: all, view or criteria");
        }
        return mapping.map(fields -> new Recipients.Selected(
                section.text("module"),
                selection,
                consent(),
                fields,
                Words.at(recipients, "evidence", EvidenceDepth.class, EvidenceDepth.DETAILS),
                Words.at(recipients, "convertedLeads", ConvertedLeads.class, ConvertedLeads.EXCLUDE)));
    }

    private Optional<Source> people(Optional<Mapping> mapping) {
        refuse(OF_RECORDS, "file");
        require("origin", "origin: and where these people come from, such as Spring fair 2026");
        require("basis", "basis: and the lawful basis of the purpose, if these people may be mailed on it");
        String path = section.text("file").strip();
        if (path.startsWith("/") || path.contains("..") || path.contains("\\")) {
            findings.add(
                    file.at("/recipients/file"),
                    "the file lies outside the configuration folder",
                    "write a path in it, such as campaigns/people.csv");
        }
        if (!recipients.has("origin") || !recipients.has("basis")) {
            return Optional.empty();
        }
        return mapping.map(fields -> new Recipients.OfFile(
                path,
                Optional.ofNullable(section.text("module")).orElse("Leads"),
                section.text("origin").strip(),
                LawfulBasis.of(section.text("basis")).orElseThrow(),
                consent(),
                fields));
    }

    private Optional<ConsentSetting> consent() {
        return Optional.ofNullable(Words.at(recipients, "consent", ConsentSetting.class, null));
    }

    private void require(String key, String right) {
        if (!recipients.has(key)) {
            findings.add(file.at("/recipients"), key + " is missing in recipients with file", "add " + right);
        }
    }

    private void refuse(List<String> keys, String beside) {
        keys.stream()
                .filter(recipients::has)
                .forEach(key -> findings.add(
                        file.at("/recipients/" + key), key + " cannot be combined with " + beside, "delete this line"));
    }
}
