package io.consentbridge.zoho;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Where the processes of one installation share the access token of a connection, sealed ({@link TokenSeal}). */
public interface TokenStore {

    /**
     * The shared token if it is usable, else the one that {@code refresh} returns, which is then shared. While one caller
     * refreshes, callers in every process wait for its result.
     *
     * @param connection name of the connection
     * @param credentialHash hash of client and refresh token; a stored token of another credential is not usable
     * @param usable whether a stored token may still be used
     * @param refresh requests a token from Zoho and seals it; if it throws, the caller gets the exception and nothing is
     *     stored
     */
    AccessToken obtain(
            String connection, String credentialHash, Predicate<AccessToken> usable, Supplier<AccessToken> refresh);

    /** Stores the scopes that Zoho reported for the credential. */
    default void keepScope(String connection, String credentialHash, String scope) {}

    /** The scopes that Zoho reported last for the credential; empty if it reported none, or those of another credential. */
    default Optional<String> scope(String connection, String credentialHash) {
        return Optional.empty();
    }
}
