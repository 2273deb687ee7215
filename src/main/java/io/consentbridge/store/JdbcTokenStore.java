package io.consentbridge.store;

import io.consentbridge.zoho.AccessToken;
import io.consentbridge.zoho.TokenStore;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/**
 * The access tokens in the database: the process that refreshes one locks its row.
 *
 * <p>Within a process a lock precedes that of the row, so that waiting needs no connection and has no timeout.
 */
public final class JdbcTokenStore implements TokenStore {

    private final Database database;
    private final Map<String, ReentrantLock> refreshing = new ConcurrentHashMap<>();

    public JdbcTokenStore(Database database) {
        this.database = database;
    }

    @Override
    public AccessToken obtain(
            String connection, String credentialHash, Predicate<AccessToken> usable, Supplier<AccessToken> refresh) {
        Optional<AccessToken> shared = database.query(handle -> load(handle, connection, credentialHash, ""));
        if (shared.filter(usable).isPresent()) {
            return shared.get();
        }
        ReentrantLock lock = refreshing.computeIfAbsent(connection, name -> new ReentrantLock());
        lock.lock();
        try {
            return refresh(connection, credentialHash, usable, refresh);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void keepScope(String connection, String credentialHash, String scope) {
        database.change(handle -> {
            handle.createUpdate("delete from granted_scope where connection = :connection")
                    .bind("connection", connection)
                    .execute();
            handle.createUpdate("""
                            insert into granted_scope (connection, credential_hash, scope)
                            values (:connection, :hash, :scope) on conflict do nothing
                            """)
                    .bind("connection", connection)
                    .bind("hash", credentialHash)
                    .bind("scope", scope)
                    .execute();
        });
    }

    @Override
    public Optional<String> scope(String connection, String credentialHash) {
        return database.query(handle -> handle.createQuery(
                        "select scope from granted_scope where connection = :connection and credential_hash = :hash")
                .bind("connection", connection)
                .bind("hash", credentialHash)
                .mapTo(String.class)
                .findOne());
    }

    private AccessToken refresh(
            String connection, String credentialHash, Predicate<AccessToken> usable, Supplier<AccessToken> refresh) {
        database.change(handle -> handle.createUpdate(
                        "insert into access_token (connection) values (:connection) on conflict do nothing")
                .bind("connection", connection)
                .execute());
        // Requested only once, even if the surrounding transaction is repeated.
        AccessToken[] brought = new AccessToken[1];
        return database.transaction(handle -> {
            Optional<AccessToken> shared = load(handle, connection, credentialHash, " for update");
            if (brought[0] == null && shared.filter(usable).isPresent()) {
                return shared.get();
            }
            if (brought[0] == null) {
                brought[0] = refresh.get();
            }
            save(handle, connection, credentialHash, brought[0]);
            return brought[0];
        });
    }

    /** Reads the row, and locks it if the suffix says so, whatever it contains. */
    private static Optional<AccessToken> load(Handle handle, String connection, String credentialHash, String suffix) {
        return handle.createQuery(
                        "select credential_hash, token, expires from access_token where connection = :connection"
                                + suffix)
                .bind("connection", connection)
                .map((row, context) -> credentialHash.equals(row.getString("credential_hash"))
                        ? Optional.of(new AccessToken(row.getString("token"), Columns.instant(row, "expires")))
                        : Optional.<AccessToken>empty())
                .findOne()
                .flatMap(token -> token);
    }

    private static void save(Handle handle, String connection, String credentialHash, AccessToken token) {
        handle.createUpdate("""
                        update access_token set credential_hash = :hash, token = :token, expires = :expires
                        where connection = :connection
                        """)
                .bind("hash", credentialHash)
                .bind("token", token.value())
                .bind("expires", token.expires())
                .bind("connection", connection)
                .execute();
    }
}
