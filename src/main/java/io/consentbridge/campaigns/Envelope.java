package io.consentbridge.campaigns;

import com.fasterxml.jackson.databind.JsonNode;
import io.consentbridge.zoho.Scopes;
import io.consentbridge.zoho.ZohoFault;
import io.consentbridge.zoho.ZohoReply;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The frame of every reply of Campaigns, after what concerns the call as a whole was turned into faults: bodies that
 * are no JSON, refused tokens, overrun limits, trouble of the server (docs/zoho-notes.md, "Campaigns: protocol" and
 * "Campaigns: call limits").
 *
 * @param json the whole reply
 * @param code its code as text; empty when it has none
 * @param message its message without addresses of people, to be understood; {@link #shown} is what people see of it
 * @param success whether it says that it is one
 * @param failure whether it says that it is one; replies that only list something may say neither
 */
record Envelope(JsonNode json, String code, String message, boolean success, boolean failure) {

    /** 6201 comes from the global table only (docs/zoho-notes.md, "Campaigns: codes"). */
    private static final Set<String> SUCCESS = Set.of("0", "200", "6201");

    private static final Set<String> ERROR = Set.of("error", "failure");

    /** The documented lock of each method (docs/zoho-notes.md, "Campaigns: call limits"). */
    private static final Duration LOCK = Duration.ofMinutes(30);

    private static final int LONGEST_MESSAGE = 200;
    private static final Pattern ADDRESS = Pattern.compile("\\S*@\\S*");

    static Envelope of(String connection, String method, ZohoReply reply, Instant now) {
        if (reply.status() == 429) {
            throw locked(connection, method, now);
        }
        JsonNode json = reply.json(connection + ": Zoho Campaigns");
        Envelope envelope = read(json);
        if (!envelope.success && isLocked(json)) {
            throw locked(connection, method, now);
        }
        if (!envelope.success && json.toString().contains(Scopes.MISMATCH)) {
            throw ZohoFault.Rejected.byScope(
                    method,
                    connection + ": the credential lacks the scope " + CampaignsScopes.of(method) + " for " + method
                            + " (" + Scopes.MISMATCH + "); make a new refresh token that has it too");
        }
        if (reply.status() == 401 || envelope.code.equals("1007")) {
            throw new ZohoFault.Credential(
                    method,
                    connection + ": Zoho Campaigns refuses " + method
                            + " with a new access token (1007); check that the"
                            + " refresh token has the scope " + CampaignsScopes.of(method)
                            + " and that the connection's data centre is right");
        }
        if (reply.status() >= 500 || envelope.code.equals("500")) {
            throw new ZohoFault.Transient(
                    connection + ": Zoho Campaigns answered " + reply.status() + " to " + method, null);
        }
        return envelope;
    }

    /**
     * How an overrun limit is told is documented nowhere and was seen by nobody. The candidates are HTTP 429, code 2008
     * of the sister product, and the word that Zoho Projects uses (docs/zoho-notes.md, "Campaigns: call limits").
     */
    private static boolean isLocked(JsonNode json) {
        return code(json).equals("2008") || json.toString().contains("URL_ROLLING_THROTTLES_LIMIT_EXCEEDED");
    }

    private static ZohoFault locked(String connection, String method, Instant now) {
        return new ZohoFault.Throttled(
                method,
                connection + ": Zoho Campaigns was called too often with " + method + " and is left alone with it for "
                        + LOCK.toMinutes() + " minutes",
                now.plus(LOCK));
    }

    /** The message without names of people, for messages and logs. */
    String shown() {
        return ZohoWords.shown(message);
    }

    /** Some methods nest what others give flat, under "response". */
    private static Envelope read(JsonNode json) {
        JsonNode frame = json.path("response").isObject() ? json.path("response") : json;
        String code = code(json);
        boolean error = ERROR.contains(frame.path("status").asText("").toLowerCase(Locale.ROOT));
        boolean success = !error && SUCCESS.contains(code);
        boolean failure = error || !success && !code.isEmpty();
        return new Envelope(json, code, tame(frame.path("message").asText("")), success, failure);
    }

    /** In capitals where the token is refused. */
    private static String code(JsonNode json) {
        JsonNode frame = json.path("response").isObject() ? json.path("response") : json;
        return frame.path("code").asText(frame.path("Code").asText(""));
    }

    private static String tame(String message) {
        String tame =
                message.indexOf('@') < 0 ? message : ADDRESS.matcher(message).replaceAll("(address)");
        return tame.length() > LONGEST_MESSAGE ? tame.substring(0, LONGEST_MESSAGE) : tame;
    }
}
