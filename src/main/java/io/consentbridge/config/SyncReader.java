package io.consentbridge.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentbridge.consent.ConsentSetting;
import io.consentbridge.mapping.ContactMapper;
import io.consentbridge.mapping.Mapping;
import io.consentbridge.mapping.UnmappableFields;
import io.consentbridge.sync.Sync;
import io.consentbridge.sync.Sync.ConvertedLeads;
import io.consentbridge.sync.Sync.EvidenceDepth;
import io.consentbridge.sync.Sync.LeaverAction;
import io.consentbridge.sync.Sync.Retrieve;
import io.consentbridge.sync.Sync.Subscription;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Makes a sync of a file that keeps to the schema; whether its references lead somewhere is not seen here. */
final class SyncReader {

    private final Findings findings;

    SyncReader(Findings findings) {
        this.findings = findings;
    }

    Optional<Sync> read(YamlFile file) {
        int before = findings.size();
        JsonNode tree = file.tree();
        Sync sync = new Sync(
                file.text("name"),
                file.text("connection"),
                file.text("module"),
                file.text("purpose"),
                Optional.ofNullable(Words.at(tree, "consent", ConsentSetting.class, null)),
                Words.at(tree, "subscription", Subscription.class, Subscription.MARKETING),
                new SelectionReader(file, findings).read(),
                mapping(file),
                Words.at(tree, "evidence", EvidenceDepth.class, EvidenceDepth.DETAILS),
                Words.at(tree, "retrieve", Retrieve.class, Retrieve.NEW_OR_MODIFIED),
                new SyncScheduleReader(file, findings).read(),
                Words.at(tree, "deleted", LeaverAction.class, LeaverAction.UNSUBSCRIBE),
                Words.at(tree, "optedOut", LeaverAction.class, LeaverAction.UNSUBSCRIBE),
                Words.at(tree, "convertedLeads", ConvertedLeads.class, ConvertedLeads.EXCLUDE),
                !"inactive".equals(file.text("state")));
        return findings.size() == before ? Optional.of(sync) : Optional.empty();
    }

    private Mapping mapping(YamlFile file) {
        Map<String, String> fields = new LinkedHashMap<>();
        file.tree().path("mapping").properties().forEach(entry -> {
            String target = entry.getKey().strip();
            String source = entry.getValue().textValue();
            Place place =
                    file.at("/mapping/" + entry.getKey().replace("~", "~0").replace("/", "~1"));
            if (target.equalsIgnoreCase(ContactMapper.EMAIL)) {
                findings.add(place, target + " is mapped already, always from Email", "delete this line");
            }
            UnmappableFields.reason(source)
                    .ifPresent(why -> findings.add(place, source + " cannot be mapped: " + why, "map another field"));
            fields.put(target, source);
        });
        return new Mapping(fields, file.tree().path("updateEmptyValues").booleanValue());
    }
}
