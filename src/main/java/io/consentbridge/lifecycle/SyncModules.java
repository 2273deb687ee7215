package io.consentbridge.lifecycle;

import io.consentbridge.sync.Sync;
import io.consentbridge.zoho.Connection;
import java.util.Set;
import java.util.stream.Collectors;

/** The modules that the syncs of a connection read, active or not; people can refuse mail in each of them. */
public final class SyncModules {

    private final RunStarter entry;

    public SyncModules(RunStarter entry) {
        this.entry = entry;
    }

    /** Returns those of the modules that the organisation has. */
    public Set<String> of(Connection connection) {
        return entry.instructions().all().stream()
                .filter(sync -> sync.connection().equals(connection.name()))
                .map(Sync::module)
                .filter(module -> !connection.without(module))
                .collect(Collectors.toSet());
    }
}
