package io.consentbridge.lifecycle;

import io.consentbridge.consent.ListName;
import io.consentbridge.sync.Sync;
import java.util.HashMap;
import java.util.Map;

/** Syncs that serve one list: a person whom one of them stands for is not taken off by another. */
public final class ListSharers {

    private ListSharers() {}

    /** The others on the list of that sync, by name, with their modules; active or not. */
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
