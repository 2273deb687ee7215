package io.consentbridge.config;

import io.consentbridge.consent.ListName;
import io.consentbridge.consent.Purpose;
import io.consentbridge.sync.Sync;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Refuses two purposes with different lawful bases on one mailing list of a connection, unless both files say why
 * (docs/decisions/0013-rulings.md, ruling 16): a campaign reaches everybody on its list, on whatever basis they came.
 */
final class SharedLists {

    private final Map<String, Purpose> purposes;
    private final Map<String, YamlFile> files;
    private final Findings findings;

    SharedLists(Map<String, Purpose> purposes, Map<String, YamlFile> files, Findings findings) {
        this.purposes = purposes;
        this.files = files;
        this.findings = findings;
    }

    void check(Collection<Sync> syncs) {
        Map<String, Set<Purpose>> byConnection = new LinkedHashMap<>();
        for (Sync sync : syncs) {
            Purpose purpose = purposes.get(sync.purpose());
            if (purpose != null) {
                byConnection
                        .computeIfAbsent(sync.connection(), connection -> new LinkedHashSet<>())
                        .add(purpose);
            }
        }
        byConnection.values().forEach(this::pairs);
    }

    private void pairs(Set<Purpose> served) {
        List<Purpose> all = new ArrayList<>(purposes.values());
        all.retainAll(served);
        for (int later = 1; later < all.size(); later++) {
            for (int earlier = 0; earlier < later; earlier++) {
                pair(all.get(earlier), all.get(later));
            }
        }
    }

    private void pair(Purpose earlier, Purpose later) {
        boolean allowed = earlier.sharedList().isPresent() && later.sharedList().isPresent();
        if (allowed || earlier.lawfulBasis() == later.lawfulBasis() || !ListName.same(earlier.list(), later.list())) {
            return;
        }
        findings.add(
                files.get(later.name()).at("/list"),
                "\"" + later.list() + "\" is also the list of purpose " + earlier.name() + ", whose lawful basis is "
                        + earlier.lawfulBasis().word() + ", not "
                        + later.lawfulBasis().word(),
                "use another list, or write sharedList: {because: …} in both purposes");
    }
}
