package io.consentbridge.sandbox.accounts;

import io.consentbridge.sandbox.web.Api;
import io.consentbridge.sandbox.web.Endpoint;
import io.consentbridge.sandbox.web.Reply;
import io.consentbridge.sandbox.web.Request;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The token endpoint (docs/zoho-notes.md, "Accounts: token endpoint" and "Accounts: token errors"): errors come with
 * HTTP 200 and the word {@code error}.
 */
public final class AccountsApi implements Api {

    private final Tokens tokens;
    private final Supplier<String> apiDomain;

    public AccountsApi(Tokens tokens, Supplier<String> apiDomain) {
        this.tokens = tokens;
        this.apiDomain = apiDomain;
    }

    @Override
    public Endpoint endpoint(Request request) {
        return switch (request.path()) {
            case "/oauth/v2/token" -> new Endpoint("token", this::token);
            case "/oauth/v2/token/revoke" -> new Endpoint("token/revoke", this::revoke);
            default -> new Endpoint("accounts", r -> Reply.html(404, "<html><body>Not found</body></html>"));
        };
    }

    private Reply token(Request request) {
        if (!request.method().equals("POST")) {
            return Reply.html(405, "<html><body>Method not allowed</body></html>");
        }
        if (!"refresh_token".equals(request.param("grant_type"))) {
            return refused("authorization_code".equals(request.param("grant_type")) ? "invalid_code" : "general_error");
        }
        TokenReply reply = tokens.refresh(
                request.param("client_id"), request.param("client_secret"), request.param("refresh_token"));
        if (reply instanceof TokenReply.Granted granted) {
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("access_token", granted.accessToken());
            if (tokens.scopes().told()) {
                body.put("scope", tokens.scopes().granted());
            }
            body.put("api_domain", apiDomain.get());
            body.put("token_type", "Bearer");
            body.put("expires_in", 3600);
            return Reply.json(200, body, "granted");
        }
        if (reply instanceof TokenReply.Refused refused) {
            return refused(refused.error());
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put(
                "error_description", "You have made too many requests continuously. Please try again after some time.");
        body.put("error", "Access Denied");
        body.put("status", "failure");
        return Reply.json(UncertainAccounts.TOO_MANY_STATUS, body, "Access Denied");
    }

    private Reply revoke(Request request) {
        return tokens.revoke(request.param("token"))
                ? Reply.json(200, Map.of("status", "success"), "success")
                : refused("invalid_code");
    }

    private static Reply refused(String error) {
        return Reply.json(200, Map.of("error", error), error);
    }
}
