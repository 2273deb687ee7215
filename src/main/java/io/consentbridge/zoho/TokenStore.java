package io.consentbridge.zoho;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Where the processes of one installation share the access token of a connection, sealed ({@link TokenSeal}). */
public interface TokenStore {

    /**
     * The shared token if it is usable, else the one that {@code refresh} brings, which is then shared. While one caller
     * refreshes, in whatever process, every other waits for its result.
     *
     * @param connection name of the connection
     * @param credentialHash hash of client and refresh token; a stored token of another credential is not usable
     * @param usable whether a stored token may still be used
     * @param refresh asks Zoho and seals; what it throws reaches the caller and nothing is stored
     */
    AccessToken obtain(
            String connection, String credentialHash, Predicate<AccessToken> usable, Supplier<AccessToken> refresh);

    /** Keeps what Zoho said the credential may do. */
    default void keepScope(String connection, String credentialHash, String scope) {}

    /** What Zoho said last the credential may do; empty when it did not, or of another credential. */
    default Optional<String> scope(String connection, String credentialHash) {
        return Optional.empty();
    }
}
