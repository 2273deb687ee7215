package io.consentbridge.store;

import io.consentbridge.zoho.AccessToken;
import io.consentbridge.zoho.TokenStore;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The access tokens in the database: whoever refreshes one holds its row, in whatever process. */
public final class JdbcTokenStore implements TokenStore {

    public JdbcTokenStore(Database database) {}

    @Override
    public AccessToken obtain(
            String connection, String credentialHash, Predicate<AccessToken> usable, Supplier<AccessToken> refresh) {
        throw new UnsupportedOperationException();
    }
}
