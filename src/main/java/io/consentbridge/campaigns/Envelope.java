package io.consentbridge.campaigns;

import io.consentbridge.zoho.JsonValue;
import io.consentbridge.zoho.Scopes;
import io.consentbridge.zoho.ZohoFault;
import io.consentbridge.zoho.ZohoReply;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The frame of every reply of Campaigns, after faults of the whole call were thrown: refused tokens, reached limits, errors
 * of the server; replies without JSON were refused before (docs/zoho-notes.md, "Campaigns: protocol" and "Campaigns: call
 * limits").
 *
 * @param json the whole reply
 * @param code its code as text; empty if it has none
 * @param message its message without addresses of people, for interpretation; people see {@link #shown}
 * @param success whether it says that the call succeeded
 * @param failure whether it says that the call failed; replies that only list something may say neither
 */
record Envelope(Map<String, Object> json, String code, String message, boolean success, boolean failure) {

    /** 6201 comes from the global table only (docs/zoho-notes.md, "Campaigns: codes"). */
    private static final Set<String> SUCCESS = Set.of("0", "200", "6201");

    private static final Set<String> ERROR = Set.of("error", "failure");

    /** The documented lock of each method (docs/zoho-notes.md, "Campaigns: call limits"). */
    private static final Duration LOCK = Duration.ofMinutes(30);

    private static final int LONGEST_MESSAGE = 200;
    private static final Pattern ADDRESS = Pattern.compile("\\S*@\\S*");

    static Envelope of(String connection, String method, ZohoReply reply, Instant now) {
        Envelope envelope = read(reply.json());
        String whole = envelope.success ? "" : reply.json().toString();
        if (!envelope.success && isLocked(envelope.code, whole)) {
            throw locked(connection, method, now);
        }
        if (!envelope.success && whole.contains(Scopes.MISMATCH)) {
            throw ZohoFault.Rejected.byScope(
                    method,
                    connection + ": the credential lacks the scope " + CampaignsScopes.of(method) + " for " + method
                            + " (" + Scopes.MISMATCH + "). Make a new refresh token with this scope");
        }
        if (reply.status() == 401 || envelope.code.equals("1007")) {
            throw new ZohoFault.Credential(
                    method,
                    connection + ": Zoho Campaigns refuses " + method
                            + " with a new access token (1007). Check that the refresh token has the scope"
                            + " " + CampaignsScopes.of(method)
                            + " and that the connection's data centre is correct");
        }
        if (reply.status() >= 500 || envelope.code.equals("500")) {
            throw new ZohoFault.Transient(
                    connection + ": Zoho Campaigns answered " + reply.status() + " to " + method, null);
        }
        return envelope;
    }

    /**
     * How a reached limit is reported is not documented and has not been seen. The candidates are HTTP 429, code 2008 of the
     * sister product, and the word that Zoho Projects uses (docs/zoho-notes.md, "Campaigns: call limits").
     */
    private static boolean isLocked(String code, String whole) {
        return code.equals("2008") || whole.contains("URL_ROLLING_THROTTLES_LIMIT_EXCEEDED");
    }

    static ZohoFault.Throttled locked(String connection, String method, Instant now) {
        return new ZohoFault.Throttled(
                method,
                connection + ": Zoho Campaigns was called too often: " + method + ". The method is locked for "
                        + LOCK.toMinutes() + " minutes",
                now.plus(LOCK));
    }

    /** Whether a code says that the call succeeded. */
    static boolean isSuccess(String code) {
        return SUCCESS.contains(code);
    }

    /** The message without names of people, for messages and logs. */
    String shown() {
        return ZohoWords.shown(message);
    }

    /** Some methods nest under "response" what others have at the top. */
    private static Envelope read(Map<String, Object> json) {
        JsonValue flat = new JsonValue(json);
        JsonValue frame = flat.path("response").isObject() ? flat.path("response") : flat;
        // In capitals if the token is refused.
        String code = frame.path("code").text(frame.path("Code").text());
        boolean error = ERROR.contains(frame.path("status").text().toLowerCase(Locale.ROOT));
        boolean success = !error && SUCCESS.contains(code);
        boolean failure = error || !success && !code.isEmpty();
        return new Envelope(json, code, tame(frame.path("message").text()), success, failure);
    }

    private static String tame(String message) {
        String tame =
                message.indexOf('@') < 0 ? message : ADDRESS.matcher(message).replaceAll("(address)");
        return tame.length() > LONGEST_MESSAGE ? tame.substring(0, LONGEST_MESSAGE) : tame;
    }
}
