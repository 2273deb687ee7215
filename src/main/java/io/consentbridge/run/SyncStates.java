package io.consentbridge.run;

import io.consentbridge.store.Database;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** Which syncs are active: an order given by command holds until the file's own state changes. */
public final class SyncStates {

    /**
     * Whether a sync is active, and why if that is not its file's doing.
     *
     * @param active whether it runs
     * @param because the reason of the order in force; empty text when the file decides
     */
    public record Standing(boolean active, String because) {}

    public SyncStates(Database database, InstantSource clock) {}

    /** Where a sync stands, given the state in its file. */
    public Standing of(String sync, boolean fileState) {
        throw new UnsupportedOperationException();
    }

    /** Where several stand, by name, given the states in their files. */
    public Map<String, Standing> of(Map<String, Boolean> fileStates) {
        throw new UnsupportedOperationException();
    }

    /** Orders a sync on or off. */
    public void order(String sync, boolean fileState, boolean active, String because) {
        throw new UnsupportedOperationException();
    }

    /**
     * Compares the connection's credential with the one it had: when it is another one, every sync of the connection is
     * switched off until each is activated again (B85, B86). The first credential of a connection is no change.
     *
     * @param credentialHash hash of client and refresh token
     * @param fileStates syncs of the connection with the states in their files
     * @return names of the syncs that were switched off
     */
    public List<String> credential(String connection, String credentialHash, Map<String, Boolean> fileStates) {
        throw new UnsupportedOperationException();
    }
}
