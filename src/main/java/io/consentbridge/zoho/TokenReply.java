package io.consentbridge.zoho;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * The reply of the accounts server, interpreted by its body, since errors come with status 200 as well (docs/zoho-notes.md,
 * "Accounts: token errors").
 *
 * @param token the new token
 * @param apiDomain the CRM's base URL, if the reply names a host of Zoho
 * @param scope the scopes as the reply writes them; empty if it does not name them
 */
record TokenReply(AccessToken token, Optional<URI> apiDomain, Optional<String> scope) {

    /** "Clears after 15 to 30 minutes without calls" (seen in client code; docs/zoho-notes.md, "Accounts: token errors"). */
    static final Duration THROTTLE = Duration.ofMinutes(15);

    private static final long HOUR = 3600;

    private static final int LONGEST = 4000;

    /** Errors of the server itself, from OAuth 2.0 and client code, not from Zoho's pages. */
    private static final Set<String> OUT_OF_ORDER =
            Set.of("general_error", "internal_error", "server_error", "temporarily_unavailable");

    static TokenReply read(Connection connection, int status, byte[] body, Instant now) {
        String sender = connection.name() + ": Zoho's accounts server";
        if (status == 429) {
            throw throttled(connection, now);
        }
        if (status >= 500) {
            throw new ZohoFault.Transient(sender + " answered " + status, null);
        }
        JsonValue reply = json(sender, status, body);
        String value = reply.path("access_token").text();
        if (value.isEmpty()) {
            throw fault(connection, sender, status, reply.path("error").text(), now);
        }
        return new TokenReply(new AccessToken(value, now.plusSeconds(seconds(reply))), apiDomain(reply), scope(reply));
    }

    private static JsonValue json(String sender, int status, byte[] body) {
        try {
            return new JsonValue(ZohoJson.read(body));
        } catch (IOException none) {
            // Jackson quotes the body in its message, and the body may hold a token: it is not kept as a cause.
            throw new ZohoFault.Transient(sender + " answered " + status + " with something other than JSON", null);
        }
    }

    /**
     * Old replies give {@code expires_in} in milliseconds and the seconds beside it (docs/zoho-notes.md, "Accounts:
     * token endpoint").
     */
    private static long seconds(JsonValue reply) {
        return reply.path("expires_in_sec").whole(reply.path("expires_in").whole(HOUR));
    }

    private static Optional<String> scope(JsonValue reply) {
        return Optional.of(reply.path("scope").text()).filter(text -> !text.isBlank() && text.length() <= LONGEST);
    }

    private static Optional<URI> apiDomain(JsonValue reply) {
        try {
            return Optional.of(URI.create(reply.path("api_domain").text()))
                    .filter(DataCentre::isApiHost)
                    .map(address -> URI.create("https://" + address.getHost()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static ZohoFault fault(Connection connection, String sender, int status, String error, Instant now) {
        if (error.equalsIgnoreCase("Access Denied") || error.equals("access_denied")) {
            return throttled(connection, now);
        }
        if (error.isEmpty() || OUT_OF_ORDER.contains(error)) {
            return new ZohoFault.Transient(sender + " answered " + status + " without a token", null);
        }
        String word = error.matches("[A-Za-z_ ]{1,40}") ? error : "an unknown error";
        return new ZohoFault.Credential(connection.name() + ": Zoho refuses the credential (" + word + "). "
                + "Check client id, client secret and data centre, make a new refresh token in Zoho's API console"
                + " and put it into zoho." + connection.name() + ".refresh-token");
    }

    static ZohoFault throttled(Connection connection, Instant now) {
        return new ZohoFault.Throttled(
                connection.name() + ": too many access tokens were requested. Zoho issues none for about "
                        + THROTTLE.toMinutes() + " minutes",
                now.plus(THROTTLE));
    }
}
