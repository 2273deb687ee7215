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
 * All that runs: the syncs of the files, and the parts of those that make a list of each view or campaign (B104).
 *
 * @param files what the files say
 * @param parts every part that is known, by its name, those that are gone included
 */
public record SyncCatalog(Configuration files, Map<String, Sync> parts) {

    public SyncCatalog {
        parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
    }

    /** The sync of a file, or a part, of that name. */
    public Optional<Sync> find(String name) {
        return Optional.ofNullable(files.syncs().get(name)).or(() -> Optional.ofNullable(parts.get(name)));
    }

    /** Whatever is read and delivered: the syncs of the files without parts, and the parts. */
    public List<Sync> all() {
        return Stream.concat(files.syncs().values().stream().filter(sync -> !sync.hasParts()), parts.values().stream())
                .toList();
    }

    /** The parts of a sync; none of one without. */
    public List<Sync> partsOf(String sync) {
        return parts.values().stream().filter(part -> part.file().equals(sync)).toList();
    }

    /** What a sync stands for in the database: itself, or its parts. */
    public List<String> names(Sync sync) {
        return sync.hasParts() ? partsOf(sync.name()).stream().map(Sync::name).toList() : List.of(sync.name());
    }

    /** What the people of a sync are mailed for, by the list that is its own. */
    public Purpose purpose(Sync sync) {
        return sync.serving(files.purposes().get(sync.purpose()));
    }

    /** The sync whose file, schedule and state a part shares; a sync of a file itself. */
    public Sync owner(Sync sync) {
        return files.syncs().get(sync.file());
    }

    /** The name that people know a part by, from the name of its sync. */
    public Optional<String> label(String name) {
        return Optional.ofNullable(parts.get(name)).flatMap(Sync::part).map(SyncPart::label);
    }
}
