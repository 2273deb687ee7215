package io.consentbridge.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentbridge.consent.LawfulBasis;
import io.consentbridge.sync.Nearest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Resolves what the file of a campaign says of connections, purposes and syncs. */
final class CampaignReferences {

    private final List<String> connections;
    private final Map<String, YamlFile> purposes;
    private final boolean everyPurpose;
    private final Map<String, YamlFile> syncs;
    private final boolean everySync;
    private final Findings findings;

    /**
     * @param connections the names of the connections; empty if they cannot be told
     * @param everyPurpose whether every file of a purpose gave its name
     * @param everySync whether every file of a sync gave its name
     */
    CampaignReferences(
            List<String> connections,
            Map<String, YamlFile> purposes,
            boolean everyPurpose,
            Map<String, YamlFile> syncs,
            boolean everySync,
            Findings findings) {
        this.connections = connections;
        this.purposes = purposes;
        this.everyPurpose = everyPurpose;
        this.syncs = syncs;
        this.everySync = everySync;
        this.findings = findings;
    }

    /** The connection of a campaign: the one that it names, that of its syncs, or the only one there is. */
    Optional<String> connection(YamlFile file) {
        if (file.text("connection") != null) {
            return Optional.of(file.text("connection"));
        }
        TreeSet<String> ofSyncs = new TreeSet<>();
        named(file).stream()
                .map(syncs::get)
                .filter(sync -> sync != null && sync.text("connection") != null)
                .forEach(sync -> ofSyncs.add(sync.text("connection")));
        if (ofSyncs.size() == 1) {
            return Optional.of(ofSyncs.first());
        }
        return connections.size() == 1 ? Optional.of(connections.get(0)) : Optional.empty();
    }

    /** Reports every reference that leads nowhere or to something that does not fit. */
    void check(YamlFile file) {
        refer(file, "connection", connections, !connections.isEmpty());
        refer(file, "purpose", purposes.keySet(), everyPurpose);
        if (connection(file).isEmpty() && !connections.isEmpty() && !severalConnections(file)) {
            findings.add(
                    file.at("/name"),
                    "the connection is missing, and there are several",
                    "add connection: " + String.join(" or ", connections));
        }
        named(file).forEach(name -> checkSync(file, name));
        checkConsent(file);
    }

    private void refer(YamlFile file, String key, Collection<String> known, boolean whole) {
        String to = file.text(key);
        if (to != null && whole && !known.contains(to)) {
            findings.add(file.at("/" + key), "there is no " + key + " " + to, Nearest.hint(to, known));
        }
    }

    private void checkSync(YamlFile file, String name) {
        Place at = file.at("/recipients/sync");
        YamlFile sync = syncs.get(name);
        if (sync == null) {
            if (everySync) {
                findings.add(at, "there is no sync " + name, Nearest.hint(name, syncs.keySet()));
            }
            return;
        }
        if (file.text("purpose") != null && !file.text("purpose").equals(sync.text("purpose"))) {
            findings.add(
                    at,
                    "sync " + name + " serves purpose " + sync.text("purpose") + ", not " + file.text("purpose"),
                    "name a sync of this purpose, or write purpose: " + sync.text("purpose"));
        }
        if (file.text("connection") != null && !file.text("connection").equals(sync.text("connection"))) {
            findings.add(
                    at,
                    "sync " + name + " belongs to connection " + sync.text("connection") + ", not "
                            + file.text("connection"),
                    "name a sync of this connection");
        }
        if (sync.tree().path("select").has("each")) {
            findings.add(
                    at,
                    "sync " + name + " makes a list for each view or campaign, and a campaign is sent to one list",
                    "name a sync with select.scope");
        }
        if ("non-marketing".equals(sync.text("subscription"))) {
            findings.add(
                    at,
                    "sync " + name + " carries non-marketing people, who receive no campaign",
                    "name a sync with subscription: marketing");
        }
    }

    private boolean severalConnections(YamlFile file) {
        TreeSet<String> ofSyncs = new TreeSet<>();
        named(file).stream()
                .map(syncs::get)
                .filter(sync -> sync != null && sync.text("connection") != null)
                .forEach(sync -> ofSyncs.add(sync.text("connection")));
        if (ofSyncs.size() > 1) {
            findings.add(
                    file.at("/recipients/sync"),
                    "the syncs belong to the connections " + String.join(" and ", ofSyncs),
                    "name syncs of one connection");
        }
        return ofSyncs.size() > 1;
    }

    private void checkConsent(YamlFile file) {
        JsonNode recipients = file.tree().path("recipients");
        LawfulBasis basis = Optional.ofNullable(file.text("purpose"))
                .map(purposes::get)
                .flatMap(purpose -> LawfulBasis.of(purpose.text("lawfulBasis")))
                .orElse(null);
        if (basis == null || recipients.has("sync") || !recipients.isObject()) {
            return;
        }
        String purpose = file.text("purpose");
        if (basis == LawfulBasis.CONSENT && !recipients.has("consent")) {
            findings.add(
                    file.at("/recipients"),
                    "consent is missing, but the lawful basis of " + purpose + " is consent",
                    "add consent: required or consent: expressed");
        }
        if (basis != LawfulBasis.CONSENT && recipients.has("consent")) {
            findings.add(
                    file.at("/recipients/consent"),
                    "consent is given, but the lawful basis of " + purpose + " is " + basis.word(),
                    "delete this line");
        }
        String stated = recipients.path("basis").textValue();
        if (stated != null && LawfulBasis.of(stated).filter(one -> one != basis).isPresent()) {
            findings.add(
                    file.at("/recipients/basis"),
                    "basis is " + stated + ", but the lawful basis of " + purpose + " is " + basis.word(),
                    "name a purpose with the basis on which these people may be mailed");
        }
    }

    private static List<String> named(YamlFile file) {
        JsonNode sync = file.tree().path("recipients").path("sync");
        List<String> names = new ArrayList<>();
        if (sync.isTextual()) {
            names.add(sync.textValue().strip());
        }
        sync.forEach(one -> {
            if (one.isTextual()) {
                names.add(one.textValue().strip());
            }
        });
        return names;
    }
}
