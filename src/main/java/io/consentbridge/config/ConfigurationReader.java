package io.consentbridge.config;

import io.consentbridge.consent.LawfulBasis;
import io.consentbridge.consent.Purpose;
import io.consentbridge.mailing.Campaign;
import io.consentbridge.reaction.WriteBack;
import io.consentbridge.sync.Nearest;
import io.consentbridge.sync.Sync;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** Reads a configuration folder and resolves the references between its files. */
final class ConfigurationReader {

    private final Path folder;
    private final Map<String, String> environment;
    private final Optional<SyncDraft> draft;
    private final boolean credentials;
    private final Findings findings = new Findings();

    /**
     * @param draft replaces the file of a sync in the folder
     * @param credentials whether each connection must have its credential
     */
    ConfigurationReader(Path folder, Map<String, String> environment, Optional<SyncDraft> draft, boolean credentials) {
        this.folder = folder;
        this.environment = environment;
        this.draft = draft;
        this.credentials = credentials;
    }

    Loaded read() {
        if (!Files.isDirectory(folder) || !Files.isReadable(folder)) {
            findings.add(
                    Place.whole(folder.toString()),
                    "the folder is missing or cannot be read",
                    "give the configuration folder with --config");
            return new Problems(findings.sorted());
        }
        SettingsReader reader =
                new SettingsReader(folder.resolve("application.properties"), environment, credentials, findings);
        Optional<Settings> settings = reader.read();
        Named<Purpose> purposes = readAll("purposes", "purpose.schema.json", new PurposeReader(findings)::read);
        Named<Map<String, String>> templates =
                readAll("mappings", "mapping.schema.json", new MappingReader(findings)::template);
        Named<Sync> syncs = readAll("syncs", "sync.schema.json", new SyncReader(findings, templates.read())::read);
        WriteBackReader writeBackReader = new WriteBackReader(findings);
        Named<WriteBack> writeBacks = readAll("writebacks", "writeback.schema.json", writeBackReader::read);
        if (!reader.connectionNames().isEmpty()) {
            refer(syncs, "connection", reader.connectionNames());
            refer(writeBacks, "connection", reader.connectionNames());
        }
        writeBacks
                .files()
                .values()
                .forEach(file -> writeBackReader.refer(
                        file,
                        purposes.whole() ? Optional.of(purposes.files().keySet()) : Optional.empty(),
                        syncs.files()));
        if (purposes.whole()) {
            refer(syncs, "purpose", purposes.files().keySet());
        }
        if (templates.whole()) {
            syncs.files()
                    .values()
                    .forEach(file -> checkTemplate(file, templates.files().keySet()));
        }
        syncs.files().values().forEach(file -> checkConsent(file, purposes.files()));
        Named<Campaign> campaigns = campaigns(reader.connectionNames(), purposes, syncs, templates);
        new SharedLists(purposes.read(), purposes.files(), findings)
                .check(syncs.read().values());
        MailTemplates mail = new MailTemplates(folder, findings);
        Map<String, MailTemplate> mailTemplates = mail.read(purposes.read(), purposes.files());
        settings.ifPresent(read -> mail.requireSettings(read.asking(), purposes.read(), purposes.files()));
        List<Problem> problems = findings.sorted();
        return problems.isEmpty()
                ? new Configuration(
                        settings.orElseThrow(),
                        purposes.read(),
                        syncs.read(),
                        mailTemplates,
                        campaigns.read(),
                        writeBacks.read())
                : new Problems(problems);
    }

    private Named<Campaign> campaigns(
            List<String> connections,
            Named<Purpose> purposes,
            Named<Sync> syncs,
            Named<Map<String, String>> templates) {
        CampaignReferences references = new CampaignReferences(
                connections, purposes.files(), purposes.whole(), syncs.files(), syncs.whole(), findings);
        Named<Campaign> campaigns = readAll(
                "campaigns", "campaign.schema.json", new CampaignReader(findings, templates.read(), references)::read);
        campaigns.files().values().forEach(file -> {
            references.check(file);
            YamlFile recipients = file.section("/recipients");
            if (templates.whole()) {
                checkTemplate(recipients, templates.files().keySet());
            }
        });
        return campaigns;
    }

    /**
     * The content of a folder: its files by the name that they give, what was read from them, and whether every file gave a
     * name. If one did not, an unresolved reference may mean that file and is not reported as well.
     */
    private record Named<T>(Map<String, YamlFile> files, Map<String, T> read, boolean whole) {}

    private <T> Named<T> readAll(
            String kind, String schemaName, BiFunction<YamlFile, Set<String>, Optional<T>> reader) {
        SchemaCheck schema = new SchemaCheck(schemaName);
        Map<String, YamlFile> files = new LinkedHashMap<>();
        Map<String, T> read = new LinkedHashMap<>();
        boolean whole = true;
        for (Path path : yamlFiles(folder.resolve(kind))) {
            Optional<YamlFile> file = file(path);
            Set<String> faults = file.map(one -> schema.faults(one, findings)).orElse(Set.of());
            Optional<T> made = file.flatMap(one -> reader.apply(one, faults));
            String name = file.map(one -> one.text("name")).orElse(null);
            if (name == null) {
                whole = false;
            } else if (files.containsKey(name)) {
                findings.add(
                        file.get().at("/name"),
                        "the name " + name + " is already used in "
                                + files.get(name).name(),
                        "give each file in " + kind + " its own name");
            } else {
                files.put(name, file.get());
                made.ifPresent(one -> read.put(name, one));
            }
        }
        return new Named<>(files, read, whole);
    }

    private Optional<SyncDraft> draftOf(Path file) {
        return draft.filter(one -> one.file().equals(file));
    }

    private Optional<YamlFile> file(Path path) {
        Optional<SyncDraft> drafted = draftOf(path);
        if (drafted.isEmpty()) {
            return YamlReader.read(path, findings);
        }
        SyncDraft one = drafted.get();
        Optional<YamlFile> file = YamlReader.read(one.label(), one.text().orElseThrow(), findings);
        String name = file.map(yaml -> yaml.text("name")).orElse(null);
        if (name != null && !name.equals(one.sync())) {
            findings.add(
                    file.get().at("/name"), "name is " + name + ", not " + one.sync(), "write name: " + one.sync());
        }
        return file;
    }

    private List<Path> yamlFiles(Path kind) {
        Stream<Path> drafted = draft.stream()
                .filter(one -> one.text().isPresent())
                .map(SyncDraft::file)
                .filter(file -> file.getParent().equals(kind));
        if (!Files.exists(kind)) {
            return drafted.toList();
        }
        passedOver(kind);
        try (Stream<Path> all = Files.list(kind)) {
            return Stream.concat(
                            all.filter(SyncFolder::isRead)
                                    .filter(file -> draftOf(file).isEmpty()),
                            drafted)
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            findings.add(
                    Place.whole(kind.toString()),
                    "the folder cannot be read",
                    "make it a folder that this user may read");
            return List.of();
        }
    }

    /** Reports files that look like configuration but are not read. */
    private void passedOver(Path kind) {
        try (Stream<Path> all = Files.list(kind)) {
            all.sorted()
                    .forEach(path -> PassedOver.of(path)
                            .ifPresent(odd ->
                                    findings.add(Place.whole(path.toString()), odd.what(), odd.whatWouldBeRight())));
        } catch (IOException unreadable) {
            // Reported where the folder is read.
        }
    }

    private void refer(Named<?> files, String key, Collection<String> known) {
        files.files().values().forEach(file -> {
            String to = file.text(key);
            if (to != null && !known.contains(to)) {
                findings.add(file.at("/" + key), "there is no " + key + " " + to, Nearest.hint(to, known));
            }
        });
    }

    private void checkTemplate(YamlFile sync, Collection<String> known) {
        MappingReader.templateOf(sync)
                .filter(name -> !known.contains(name))
                .ifPresent(name -> findings.add(
                        sync.at("/mapping/template"),
                        "there is no mapping template " + name,
                        Nearest.hint(name, known)));
    }

    private void checkConsent(YamlFile sync, Map<String, YamlFile> purposes) {
        String purpose = sync.text("purpose");
        LawfulBasis basis = Optional.ofNullable(purposes.get(purpose))
                .flatMap(file -> LawfulBasis.of(file.text("lawfulBasis")))
                .orElse(null);
        if (basis == LawfulBasis.CONSENT && !sync.tree().has("consent")) {
            findings.add(
                    sync.at("/purpose"),
                    "consent is missing, but the lawful basis of " + purpose + " is consent",
                    "add consent: required or consent: expressed");
        }
        if (basis != null && basis != LawfulBasis.CONSENT && sync.tree().has("consent")) {
            findings.add(
                    sync.at("/consent"),
                    "consent is given, but the lawful basis of " + purpose + " is " + basis.word(),
                    "delete this line");
        }
    }
}
