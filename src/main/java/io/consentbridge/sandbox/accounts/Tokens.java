package io.consentbridge.sandbox.accounts;

import io.consentbridge.sandbox.clock.SandboxClock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * Clients, refresh tokens and access tokens. An access token is valid for an hour; a refresh token yields at most 10 in 10
 * minutes and keeps 15 valid, and the 16th invalidates the oldest (docs/zoho-notes.md, "Accounts: token limits"). Safe for
 * use by several threads.
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

    /** Returns the scopes of every credential. */
    public Scopes scopes() {
        return scopes;
    }

    /** Registers a client and a refresh token. */
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
        // Tokens have to be unique and recognisable here, but not unguessable.
        String token = "1000.%08x.sandbox".formatted(++issued);
        Grant.Issued dead = grant.issue(new Grant.Issued(token, now + LIFE), now);
        if (dead != null) {
            live.remove(dead.token());
        }
        live.put(token, now + LIFE);
        return new TokenReply.Granted(token);
    }

    /** Returns true when the access token is valid now. */
    public boolean accepts(String accessToken) {
        Long until = live.get(accessToken);
        return until != null && until > clock.millis();
    }

    /** Revokes a refresh token with its access tokens, or one access token; returns false when it is unknown. */
    public synchronized boolean revoke(String token) {
        Grant grant = token == null ? null : grants.remove(token);
        if (grant != null) {
            grant.active().forEach(dead -> live.remove(dead.token()));
            return true;
        }
        return token != null && live.remove(token) != null;
    }

    /** Invalidates every access token; refresh tokens remain valid. */
    public void revokeAccessTokens() {
        live.clear();
    }

    public synchronized long issued() {
        return issued;
    }
}
