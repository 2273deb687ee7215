package io.consentbridge.zoho;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The access token of one credential in this process. Threads that need a new one wait for the first of them. A refusal by
 * the accounts server is remembered for a while, so that a dead credential does not cost a request with every call.
 */
final class ConnectionToken {

    private static final Duration MARGIN = Duration.ofMinutes(5);

    /** At most five replacements in ten minutes, half of what Zoho allows (docs/zoho-notes.md, "Accounts: token limits"). */
    private static final Duration BETWEEN_REPLACEMENTS = Duration.ofMinutes(2);

    private static final Duration CREDENTIAL_REFUSED_FOR = Duration.ofMinutes(1);

    private final String credentialHash;
    private final TokenSeal seal;
    private final TokenStore store;
    private final TokenEndpoint endpoint;
    private final Clock clock;

    private volatile AccessToken current;
    private URI apiDomain;
    private String scope;
    private String keptScope;
    private Instant replaced = Instant.MIN;
    private ZohoFault refusal;
    private Instant refusedUntil = Instant.MIN;
    private volatile int failures;

    ConnectionToken(Connection connection, TokenStore store, TokenEndpoint endpoint, Clock clock) {
        this.credentialHash = CredentialHash.of(connection);
        this.seal = TokenSeal.of(connection);
        this.store = store;
        this.endpoint = endpoint;
        this.clock = clock;
    }

    AccessToken get(Connection connection, String runId) {
        AccessToken token = current;
        return isFresh(token) ? token : obtainUnlessFailed(connection, runId, failures);
    }

    /** Threads that waited while another one failed share its failure; otherwise each would try, and wait, in turn. */
    private synchronized AccessToken obtainUnlessFailed(Connection connection, String runId, int failuresBefore) {
        if (failures != failuresBefore) {
            throw refusal;
        }
        return obtain(connection, runId, null);
    }

    synchronized Optional<AccessToken> replace(Connection connection, String runId, AccessToken refused) {
        boolean replacedByAnother = isFresh(current) && !current.value().equals(refused.value());
        if (replacedByAnother) {
            return Optional.of(current);
        }
        Instant now = clock.instant();
        if (replaced.isAfter(now.minus(BETWEEN_REPLACEMENTS))) {
            return Optional.empty();
        }
        AccessToken other = obtain(connection, runId, refused);
        replaced = now;
        return Optional.of(other);
    }

    synchronized URI apiDomain(Connection connection, String runId) {
        if (apiDomain == null) {
            // Another process may have brought the token; only a reply of our own names the domain.
            current = ask(connection, runId);
        }
        if (apiDomain == null) {
            throw new ZohoFault.Rejected(
                    "api_domain",
                    connection.name() + ": the accounts server returned no CRM host of Zoho. Set"
                            + " zoho." + connection.name()
                            + ".data-centre or zoho." + connection.name() + ".crm-url");
        }
        return apiDomain;
    }

    private synchronized AccessToken obtain(Connection connection, String runId, AccessToken refused) {
        if (isFresh(current) && !current.equals(refused)) {
            return current;
        }
        AccessToken shared = store.obtain(
                connection.name(),
                credentialHash,
                stored -> isFresh(stored) && isUsable(seal.open(stored), refused),
                () -> seal.close(ask(connection, runId)));
        current = seal.open(shared).orElseThrow();
        keepScope(connection);
        return current;
    }

    /** A token that cannot be opened was sealed with another secret or was changed. */
    private static boolean isUsable(Optional<AccessToken> opened, AccessToken refused) {
        return opened.filter(token -> refused == null || !token.value().equals(refused.value()))
                .isPresent();
    }

    /** Once for each change, and never while the store waits for the reply. */
    private void keepScope(Connection connection) {
        if (scope != null && !scope.equals(keptScope)) {
            store.keepScope(connection.name(), credentialHash, scope);
            keptScope = scope;
        }
    }

    /** The scopes that Zoho reported last; empty if it did not report them. */
    synchronized Optional<Scopes> scopes(Connection connection, String runId) {
        get(connection, runId);
        Optional<String> known = scope == null ? store.scope(connection.name(), credentialHash) : Optional.of(scope);
        return known.map(Scopes::of).filter(scopes -> !scopes.isEmpty());
    }

    private synchronized AccessToken ask(Connection connection, String runId) {
        if (clock.instant().isBefore(refusedUntil)) {
            throw refusal;
        }
        try {
            TokenReply reply = endpoint.refresh(connection, runId);
            reply.apiDomain().ifPresent(named -> apiDomain = named);
            reply.scope().ifPresent(named -> scope = named);
            return reply.token();
        } catch (ZohoFault.Throttled fault) {
            throw remember(fault, fault.until());
        } catch (ZohoFault.Credential fault) {
            throw remember(fault, clock.instant().plus(CREDENTIAL_REFUSED_FOR));
        } catch (ZohoFault fault) {
            throw remember(fault, Instant.MIN);
        }
    }

    private ZohoFault remember(ZohoFault fault, Instant until) {
        refusal = fault;
        refusedUntil = until;
        failures++;
        return fault;
    }

    private boolean isFresh(AccessToken token) {
        return token != null && token.expires().isAfter(clock.instant().plus(MARGIN));
    }
}
