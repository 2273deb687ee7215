package io.consentbridge.lifecycle;

import io.consentbridge.config.Configuration;
import io.consentbridge.consent.Purpose;
import io.consentbridge.sync.Sync;
import io.consentbridge.sync.SyncPart;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything that runs: the syncs of the files, the parts of those that make a list of each view or campaign (B104), and the
 * syncs that carry the recipients of campaigns (B121).
 *
 * @param files the configuration
 * @param parts every known part by its name, including those that are gone
 * @param recipients the syncs of campaigns, by name
 */
public record SyncCatalog(Configuration files, Map<String, Sync> parts, Map<String, Sync> recipients) {

    public SyncCatalog {
        parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
        recipients = Collections.unmodifiableMap(new LinkedHashMap<>(recipients));
    }

    /** Everything that runs by these files with these parts. */
    public SyncCatalog(Configuration files, Map<String, Sync> parts) {
        this(files, parts, CampaignSyncs.of(files));
    }

    /** Returns the sync of a file, the part, or the sync of a campaign, of that name. */
    public Optional<Sync> find(String name) {
        return Optional.ofNullable(files.syncs().get(name))
                .or(() -> Optional.ofNullable(parts.get(name)))
                .or(() -> Optional.ofNullable(recipients.get(name)));
    }

    /**
     * Returns everything that is read and delivered: the syncs of the files without parts, the parts, and the syncs of
     * campaigns.
     */
    public List<Sync> all() {
        return Stream.of(
                        files.syncs().values().stream().filter(sync -> !sync.hasParts()),
                        parts.values().stream(),
                        recipients.values().stream())
                .flatMap(each -> each)
                .toList();
    }

    /** Returns the syncs that carry the recipients of a campaign, one for each source. */
    public List<Sync> recipientsOf(String campaign) {
        return recipients.values().stream()
                .filter(sync -> sync.campaign().orElseThrow().campaign().equals(campaign))
                .toList();
    }

    /** Returns the parts of a sync; none for a sync without parts. */
    public List<Sync> partsOf(String sync) {
        return parts.values().stream().filter(part -> part.file().equals(sync)).toList();
    }

    /** Returns the names under which the database knows a sync: its own, or those of its parts. */
    public List<String> names(Sync sync) {
        return sync.hasParts() ? partsOf(sync.name()).stream().map(Sync::name).toList() : List.of(sync.name());
    }

    /** Returns the purpose for which the people of a sync are mailed, with the sync's own list. */
    public Purpose purpose(Sync sync) {
        return sync.serving(files.purposes().get(sync.purpose()));
    }

    /** Returns the sync whose file, schedule and state a part shares; for any other, the sync itself. */
    public Sync owner(Sync sync) {
        return sync.campaign().isPresent() ? sync : files.syncs().get(sync.file());
    }

    /**
     * Returns whether a sync, or the sync of a part, is active. The sync of a campaign is as long as the campaign has a file:
     * people who refuse leave its list.
     *
     * @param states the states of the syncs of files, by name
     */
    public boolean isActive(Sync sync, Map<String, SyncActivation.State> states) {
        return sync.campaign().isPresent() || states.get(owner(sync).name()).active();
    }

    /** Returns the name by which people know a part, which begins with the name of its sync. */
    public Optional<String> label(String name) {
        return Optional.ofNullable(parts.get(name)).flatMap(Sync::part).map(SyncPart::label);
    }
}
