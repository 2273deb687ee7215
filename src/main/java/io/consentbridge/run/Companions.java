package io.consentbridge.run;

import io.consentbridge.config.Configuration;
import io.consentbridge.sync.Sync;
import java.util.HashMap;
import java.util.Map;

/** Syncs that serve one list: a person whom one of them stands for is not taken off by another. */
public final class Companions {

    private Companions() {}

    /** The others on the list of that sync, by name, with their modules; active or not. */
    public static Map<String, String> of(Configuration configuration, Sync sync) {
        Map<String, String> companions = new HashMap<>();
        for (Sync other : configuration.syncs().values()) {
            if (!other.name().equals(sync.name())
                    && other.connection().equals(sync.connection())
                    && list(configuration, other).equals(list(configuration, sync))) {
                companions.put(other.name(), other.module());
            }
        }
        return Map.copyOf(companions);
    }

    private static String list(Configuration configuration, Sync sync) {
        return configuration.purposes().get(sync.purpose()).list();
    }
}
