package io.consentbridge.lifecycle;

import io.consentbridge.consent.ListName;
import io.consentbridge.sync.Sync;
import java.util.HashMap;
import java.util.Map;

/** Finds syncs that serve the same list: a sync does not remove a person whom another one keeps there. */
public final class ListSharers {

    private ListSharers() {}

    /** Returns the other syncs of that sync's list, active or not, with their modules, by name. */
    public static Map<String, String> of(SyncCatalog now, Sync sync) {
        Map<String, String> companions = new HashMap<>();
        for (Sync other : now.all()) {
            if (!other.name().equals(sync.name())
                    && other.connection().equals(sync.connection())
                    && ListName.same(
                            now.purpose(other).list(), now.purpose(sync).list())) {
                companions.put(other.name(), other.module());
            }
        }
        return Map.copyOf(companions);
    }
}
