package io.consentbridge.zoho;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps the access token of each connection, shared by threads and, through the {@link TokenStore}, by processes, because
 * Zoho allows ten new ones in ten minutes and kills the oldest of fifteen (docs/zoho-notes.md, "Accounts: token limits").
 * Safe for many threads.
 */
public final class AccessTokens {

    private static final List<Duration> PAUSES = List.of(Duration.ofSeconds(1), Duration.ofSeconds(3));

    /** Keyed by the whole connection, so that a changed credential starts anew. */
    private final Map<Connection, ConnectionToken> tokens = new ConcurrentHashMap<>();

    private final TokenStore store;
    private final TokenEndpoint endpoint;
    private final Clock clock;

    /** @param limits how long a call to the accounts server may take, and how large its reply may be */
    public AccessTokens(TokenStore store, CallCounter counter, Clock clock, CallLimits limits) {
        this(store, counter, clock, PAUSES, limits);
    }

    /** @param pauses the pauses before further tries while the accounts server is out of order */
    public AccessTokens(TokenStore store, CallCounter counter, Clock clock, List<Duration> pauses) {
        this(store, counter, clock, pauses, CallLimits.USUAL);
    }

    /**
     * @param pauses the pauses before further tries while the accounts server is out of order
     * @param limits how long a call to it may take, and how large its reply may be
     */
    public AccessTokens(TokenStore store, CallCounter counter, Clock clock, List<Duration> pauses, CallLimits limits) {
        this.store = store;
        this.endpoint = new TokenEndpoint(counter, clock, List.copyOf(pauses), limits);
        this.clock = clock;
    }

    /**
     * A token that is valid for at least five minutes more; requested from Zoho if there is none.
     *
     * @param runId the run that a call to the accounts server is counted for; null for none
     * @throws ZohoFault.Credential when Zoho refuses the credential
     * @throws ZohoFault.Throttled when too many tokens were asked for
     * @throws ZohoFault.Transient when the accounts server cannot be reached
     */
    public AccessToken token(Connection connection, String runId) {
        return of(connection).get(connection, runId);
    }

    /**
     * A token that replaces one which an API refused. All callers that were refused the same token get the same new one.
     *
     * @return empty if the refused token is new itself, so that another one would be refused too
     * @throws ZohoFault as {@link #token}
     */
    public Optional<AccessToken> replacement(Connection connection, String runId, AccessToken refused) {
        return of(connection).replace(connection, runId, refused);
    }

    /**
     * The scopes of the credential, as Zoho reported them with the last access token; empty if it did not report them.
     *
     * @throws ZohoFault as {@link #token}
     */
    public Optional<Scopes> scopes(Connection connection, String runId) {
        return of(connection).scopes(connection, runId);
    }

    /** The scopes that are known without asking Zoho; also empty if no credential is given. */
    public Optional<Scopes> knownScopes(Connection connection) {
        return connection.hasCredential()
                ? store.scope(connection.name(), CredentialHash.of(connection))
                        .map(Scopes::of)
                        .filter(scopes -> !scopes.isEmpty())
                : Optional.empty();
    }

    /**
     * The base URL of the connection's CRM calls: the configured one, else the one that the accounts server names if it is a
     * host of Zoho.
     *
     * @throws ZohoFault as {@link #token}; Rejected if the URL is neither configured nor named
     */
    public URI crmUrl(Connection connection, String runId) {
        return connection.crmUrl() != null
                ? connection.crmUrl()
                : of(connection).apiDomain(connection, runId);
    }

    private ConnectionToken of(Connection connection) {
        return tokens.computeIfAbsent(connection, key -> new ConnectionToken(key, store, endpoint, clock));
    }
}
