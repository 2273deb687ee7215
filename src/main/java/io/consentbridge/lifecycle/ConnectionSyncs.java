package io.consentbridge.lifecycle;

import io.consentbridge.config.Configuration;
import io.consentbridge.sync.Sync;
import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.CredentialHash;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the files say about the syncs of one connection, as far as it decides which of them are active.
 *
 * @param connection the connection's name
 * @param credentialHash hash of its credential; null when this process knows no credential, which does not count as a change
 * @param most how many syncs may be active at the same time; 0 for any number (B58)
 * @param fileStates whether the file of each sync says that it is active, by the sync's name, in the order of the files
 */
public record ConnectionSyncs(String connection, String credentialHash, int most, Map<String, Boolean> fileStates) {

    public ConnectionSyncs {
        fileStates = Collections.unmodifiableMap(new LinkedHashMap<>(fileStates));
    }

    /** Returns the syncs of that connection. */
    public static ConnectionSyncs of(Configuration now, Connection connection) {
        Map<String, Boolean> fileStates = new LinkedHashMap<>();
        now.syncs().values().stream()
                .filter(sync -> sync.connection().equals(connection.name()))
                .forEach(sync -> fileStates.put(sync.name(), sync.active()));
        return new ConnectionSyncs(
                connection.name(),
                connection.hasCredential() ? CredentialHash.of(connection) : null,
                now.settings().limits().activeSyncs(),
                fileStates);
    }

    /** Returns the syncs of the connection to which that sync belongs. */
    public static ConnectionSyncs beside(Configuration now, Sync sync) {
        return of(now, now.settings().connections().get(sync.connection()));
    }
}
