package io.consentbridge.store;

import org.jdbi.v3.core.Handle;

/** Locks the row of a connection, so that nodes take turns at what concerns the whole connection. */
public final class ConnectionLock {

    private ConnectionLock() {}

    /** Locks the row until the transaction ends, and creates it first if the connection has none. */
    public static void lock(Handle handle, String connection) {
        handle.createUpdate("insert into connection_state (connection) values (:connection) on conflict do nothing")
                .bind("connection", connection)
                .execute();
        handle.createQuery("select connection from connection_state where connection = :connection for update")
                .bind("connection", connection)
                .mapTo(String.class)
                .one();
    }
}
