package io.consentbridge.sync;

import io.consentbridge.consent.ConsentSetting;
import io.consentbridge.mapping.Mapping;
import io.consentbridge.sync.Sync.ConsentLost;
import io.consentbridge.sync.Sync.LeaverAction;
import java.util.Map;
import java.util.Optional;

/**
 * A sync for tests: all records of {@code Leads} to the purpose {@code news}, for marketing, with every new or modified
 * record, without a schedule; people who are deleted, opted out or no longer selected are unsubscribed. Each method changes
 * one of these.
 */
public final class SyncBuilder {

    private final String name;
    private String module = "Leads";
    private Optional<ConsentSetting> consent = Optional.empty();
    private Sync.Subscription subscription = Sync.Subscription.MARKETING;
    private Selection selection = new Selection(new Selection.All(), Optional.empty());
    private Mapping mapping = new Mapping(Map.of(), false);
    private Sync.EvidenceDepth evidence = Sync.EvidenceDepth.BASIS;
    private Sync.Retrieve retrieve = Sync.Retrieve.NEW_OR_MODIFIED;
    private Optional<Schedule> schedule = Optional.empty();
    private FullScan fullScan = FullScan.NEVER;
    private LeaverAction deleted = LeaverAction.UNSUBSCRIBE;
    private LeaverAction optedOut = LeaverAction.UNSUBSCRIBE;
    private LeaverAction unmatched = LeaverAction.UNSUBSCRIBE;
    private Optional<ConsentLost> consentLost = Optional.empty();
    private Sync.SecondaryAddresses secondaryAddresses = Sync.SecondaryAddresses.REFUSE;
    private Sync.ConvertedLeads convertedLeads = Sync.ConvertedLeads.EXCLUDE;

    public SyncBuilder(String name) {
        this.name = name;
    }

    public SyncBuilder module(String newModule) {
        module = newModule;
        return this;
    }

    public SyncBuilder consent(ConsentSetting newConsent) {
        consent = Optional.of(newConsent);
        return this;
    }

    public SyncBuilder subscription(Sync.Subscription newSubscription) {
        subscription = newSubscription;
        return this;
    }

    public SyncBuilder selection(Selection newSelection) {
        selection = newSelection;
        return this;
    }

    public SyncBuilder mapping(Mapping newMapping) {
        mapping = newMapping;
        return this;
    }

    public SyncBuilder evidence(Sync.EvidenceDepth newEvidence) {
        evidence = newEvidence;
        return this;
    }

    public SyncBuilder retrieve(Sync.Retrieve newRetrieve) {
        retrieve = newRetrieve;
        return this;
    }

    public SyncBuilder schedule(Schedule newSchedule) {
        schedule = Optional.of(newSchedule);
        return this;
    }

    public SyncBuilder fullScan(FullScan newFullScan) {
        fullScan = newFullScan;
        return this;
    }

    public SyncBuilder deleted(LeaverAction action) {
        deleted = action;
        return this;
    }

    public SyncBuilder optedOut(LeaverAction action) {
        optedOut = action;
        return this;
    }

    public SyncBuilder unmatched(LeaverAction action) {
        unmatched = action;
        return this;
    }

    public SyncBuilder consentLost(ConsentLost action) {
        consentLost = Optional.of(action);
        return this;
    }

    public SyncBuilder secondaryAddresses(Sync.SecondaryAddresses newSecondaryAddresses) {
        secondaryAddresses = newSecondaryAddresses;
        return this;
    }

    public SyncBuilder convertedLeads(Sync.ConvertedLeads newConvertedLeads) {
        convertedLeads = newConvertedLeads;
        return this;
    }

    public Sync build() {
        return new Sync(
                name,
                "main",
                module,
                "news",
                consent,
                subscription,
                selection,
                mapping,
                evidence,
                retrieve,
                schedule,
                fullScan,
                deleted,
                optedOut,
                unmatched,
                consentLost,
                Sync.Returning.STAY,
                secondaryAddresses,
                convertedLeads,
                true,
                Optional.empty(),
                Optional.empty());
    }
}
