package io.consentbridge.run;

import io.consentbridge.store.Columns;
import io.consentbridge.store.Database;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Which syncs are active: an order given by command holds until the file's own state changes. */
public final class SyncStates {

    /**
     * Whether a sync is active, and why if that is not its file's doing.
     *
     * @param active whether it runs
     * @param because the reason of the order in force; empty text when the file decides
     */
    public record Standing(boolean active, String because) {}

    private final Database database;
    private final InstantSource clock;

    public SyncStates(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Where a sync stands, given the state in its file. */
    public Standing of(String sync, boolean fileState) {
        return of(Map.of(sync, fileState)).get(sync);
    }

    /** Where several stand, by name, given the states in their files. */
    public Map<String, Standing> of(Map<String, Boolean> fileStates) {
        return database.query(handle -> of(handle, fileStates));
    }

    private static Map<String, Standing> of(Handle handle, Map<String, Boolean> fileStates) {
        Map<String, Standing> standings = new HashMap<>();
        fileStates.forEach((sync, state) -> standings.put(sync, new Standing(state, "")));
        handle.createQuery("select sync, active, file_state, because from sync_state where sync = any(:syncs)")
                .bindArray("syncs", String.class, List.copyOf(fileStates.keySet()))
                .map((row, context) -> {
                    String sync = row.getString("sync");
                    if (row.getBoolean("file_state") == fileStates.get(sync)) {
                        String because = Columns.optionalText(row, "because").orElse("");
                        standings.put(sync, new Standing(row.getBoolean("active"), because));
                    }
                    return sync;
                })
                .list();
        return standings;
    }

    /** Orders a sync on or off. */
    public void order(String sync, boolean fileState, boolean active, String because) {
        database.change(handle -> order(handle, sync, fileState, active, because));
    }

    private void order(Handle handle, String sync, boolean fileState, boolean active, String because) {
        int known = statement(
                handle,
                "update sync_state set active = :active, file_state = :file, since = :now, because = :because where sync = :sync",
                sync,
                fileState,
                active,
                because);
        if (known == 0) {
            statement(handle, """
                    insert into sync_state (sync, active, file_state, since, because)
                    values (:sync, :active, :file, :now, :because)
                    """, sync, fileState, active, because);
        }
    }

    private int statement(Handle handle, String text, String sync, boolean fileState, boolean active, String because) {
        return handle.createUpdate(text)
                .bind("active", active)
                .bind("file", fileState)
                .bind("now", clock.instant())
                .bind("because", Columns.clip(because, 1000))
                .bind("sync", sync)
                .execute();
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
        return database.transaction(handle -> {
            handle.createUpdate("insert into connection_state (connection) values (:connection) on conflict do nothing")
                    .bind("connection", connection)
                    .execute();
            Optional<String> known = handle.createQuery(
                            "select credential_hash from connection_state where connection = :connection for update")
                    .bind("connection", connection)
                    .map((row, context) -> Columns.optionalText(row, "credential_hash"))
                    .one();
            if (known.filter(credentialHash::equals).isPresent()) {
                return List.of();
            }
            handle.createUpdate("update connection_state set credential_hash = :hash where connection = :connection")
                    .bind("hash", credentialHash)
                    .bind("connection", connection)
                    .execute();
            return known.isEmpty() ? List.of() : switchOff(handle, connection, fileStates);
        });
    }

    private List<String> switchOff(Handle handle, String connection, Map<String, Boolean> fileStates) {
        List<String> off = new ArrayList<>();
        of(handle, fileStates).forEach((sync, standing) -> {
            if (standing.active()) {
                off.add(sync);
            }
            String because = "the credential of connection " + connection + " changed; activate the sync again";
            order(handle, sync, fileStates.get(sync), false, because);
        });
        off.sort(null);
        return off;
    }
}
