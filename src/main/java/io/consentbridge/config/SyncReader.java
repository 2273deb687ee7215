package io.consentbridge.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentbridge.consent.ConsentSetting;
import io.consentbridge.mapping.Mapping;
import io.consentbridge.sync.FullScan;
import io.consentbridge.sync.Schedule;
import io.consentbridge.sync.Selection;
import io.consentbridge.sync.Sync;
import io.consentbridge.sync.Sync.ConsentLost;
import io.consentbridge.sync.Sync.ConvertedLeads;
import io.consentbridge.sync.Sync.EvidenceDepth;
import io.consentbridge.sync.Sync.LeaverAction;
import io.consentbridge.sync.Sync.Retrieve;
import io.consentbridge.sync.Sync.Returning;
import io.consentbridge.sync.Sync.SecondaryAddresses;
import io.consentbridge.sync.Sync.Subscription;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a sync from its file; its references are not resolved here. */
final class SyncReader {

    private final Findings findings;
    private final Map<String, Map<String, String>> templates;

    /** @param templates the fields of every mapping template without a mistake, by its name */
    SyncReader(Findings findings, Map<String, Map<String, String>> templates) {
        this.findings = findings;
        this.templates = templates;
    }

    /**
     * The sync; empty if the file has mistakes.
     *
     * @param faults the keys that violate the schema; the others are checked, so that all problems are reported at once
     */
    Optional<Sync> read(YamlFile file, Set<String> faults) {
        int before = findings.size();
        ModuleName.standard(file.text("module"))
                .ifPresent(right -> findings.add(
                        file.at("/module"),
                        "module is " + file.text("module") + ", but the CRM calls it " + right,
                        "write module: " + right));
        Selection selection = faults.contains("select") ? null : new SelectionReader(file, findings).read();
        Optional<Schedule> schedule =
                faults.contains("schedule") ? Optional.empty() : new SyncScheduleReader(file, findings).read();
        Optional<Mapping> mapping =
                faults.contains("mapping") ? Optional.empty() : new MappingReader(findings).ofSync(file, templates);
        if (!faults.isEmpty() || findings.size() > before || mapping.isEmpty()) {
            return Optional.empty();
        }
        JsonNode tree = file.tree();
        return Optional.of(new Sync(
                file.text("name"),
                file.text("connection"),
                file.text("module"),
                file.text("purpose"),
                Optional.ofNullable(Words.at(tree, "consent", ConsentSetting.class, null)),
                Words.at(tree, "subscription", Subscription.class, Subscription.MARKETING),
                selection,
                mapping.get(),
                Words.at(tree, "evidence", EvidenceDepth.class, EvidenceDepth.DETAILS),
                Words.at(tree, "retrieve", Retrieve.class, Retrieve.NEW_OR_MODIFIED),
                schedule,
                Words.at(tree.path("fullScan"), "every", FullScan.class, FullScan.MONTH),
                Words.at(tree, "deleted", LeaverAction.class, LeaverAction.UNSUBSCRIBE),
                Words.at(tree, "optedOut", LeaverAction.class, LeaverAction.UNSUBSCRIBE),
                Words.at(tree, "unmatched", LeaverAction.class, LeaverAction.IGNORE),
                Optional.ofNullable(Words.at(tree, "consentLost", ConsentLost.class, null)),
                Words.at(tree, "returning", Returning.class, Returning.STAY),
                Words.at(tree, "secondaryAddresses", SecondaryAddresses.class, SecondaryAddresses.REFUSE),
                Words.at(tree, "convertedLeads", ConvertedLeads.class, ConvertedLeads.EXCLUDE),
                !"inactive".equals(file.text("state")),
                Optional.empty(),
                Optional.empty()));
    }
}
