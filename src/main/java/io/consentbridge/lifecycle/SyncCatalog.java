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
 * Everything that runs: the syncs of the files, and the parts of those that make a list of each view or campaign (B104).
 *
 * @param files the configuration
 * @param parts every known part by its name, including those that are gone
 */
public record SyncCatalog(Configuration files, Map<String, Sync> parts) {

    public SyncCatalog {
        parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
    }

    /** Returns the sync of a file, or the part, of that name. */
    public Optional<Sync> find(String name) {
        return Optional.ofNullable(files.syncs().get(name)).or(() -> Optional.ofNullable(parts.get(name)));
    }

    /** Returns everything that is read and delivered: the syncs of the files without parts, and the parts. */
    public List<Sync> all() {
        return Stream.concat(files.syncs().values().stream().filter(sync -> !sync.hasParts()), parts.values().stream())
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

    /** Returns the sync whose file, schedule and state a part shares; for a sync of a file, the sync itself. */
    public Sync owner(Sync sync) {
        return files.syncs().get(sync.file());
    }

    /** Returns the name by which people know a part, which begins with the name of its sync. */
    public Optional<String> label(String name) {
        return Optional.ofNullable(parts.get(name)).flatMap(Sync::part).map(SyncPart::label);
    }
}
