package io.consentbridge.sandbox.accounts;

import io.consentbridge.sandbox.clock.SandboxClock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * Clients, refresh tokens and access tokens. An access token lives an hour; a refresh token gives at most 10 in 10
 * minutes and keeps 15 alive, the 16th kills the oldest (docs/zoho-notes.md, "Accounts: token limits"). Safe for use by
 * several threads.
 */
public final class Tokens {

    private static final long LIFE = 3_600_000L;

    private final SandboxClock clock;
    private final BooleanSupplier limited;
    private final Map<String, String> secrets = new HashMap<>();
    private final Map<String, Grant> grants = new HashMap<>();
    private final Map<String, Long> live = new ConcurrentHashMap<>();
    private final Scopes scopes = new Scopes();
    private long issued;

    public Tokens(SandboxClock clock, BooleanSupplier limited) {
        this.clock = clock;
        this.limited = limited;
    }

    /** What every credential may do. */
    public Scopes scopes() {
        return scopes;
    }

    /** Makes a client and a refresh token known. */
    public synchronized void register(String clientId, String secret, String refreshToken) {
        secrets.put(clientId, secret);
        grants.computeIfAbsent(refreshToken, t -> new Grant());
    }

    synchronized TokenReply refresh(String clientId, String secret, String refreshToken) {
        if (clientId == null || !secrets.containsKey(clientId)) {
            return new TokenReply.Refused("invalid_client");
        }
        if (!secrets.get(clientId).equals(secret)) {
            return new TokenReply.Refused("invalid_client_secret");
        }
        Grant grant = refreshToken == null ? null : grants.get(refreshToken);
        if (grant == null) {
            return new TokenReply.Refused("invalid_code");
        }
        long now = clock.millis();
        if (limited.getAsBoolean() && !grant.mayAsk(now)) {
            return new TokenReply.TooMany();
        }
        // Unguessable is not needed here, unique and recognisable is.
        String token = "1000.%08x.sandbox".formatted(++issued);
        Grant.Issued dead = grant.issue(new Grant.Issued(token, now + LIFE), now);
        if (dead != null) {
            live.remove(dead.token());
        }
        live.put(token, now + LIFE);
        return new TokenReply.Granted(token);
    }

    /** True when the access token may be used now. */
    public boolean accepts(String accessToken) {
        Long until = live.get(accessToken);
        return until != null && until > clock.millis();
    }

    /** Revokes a refresh token with its access tokens, or one access token; false when unknown. */
    public synchronized boolean revoke(String token) {
        Grant grant = token == null ? null : grants.remove(token);
        if (grant != null) {
            grant.active().forEach(dead -> live.remove(dead.token()));
            return true;
        }
        return token != null && live.remove(token) != null;
    }

    /** Ends every access token; refresh tokens stay good. */
    public void revokeAccessTokens() {
        live.clear();
    }

    public synchronized long issued() {
        return issued;
    }
}
