package io.consentbridge.campaigns;

import io.consentbridge.consent.ConsentBreach;
import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.FormText;
import io.consentbridge.zoho.Payment;
import io.consentbridge.zoho.WriteGuard;
import io.consentbridge.zoho.ZohoJson;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Knows which campaign may be made, cloned or sent now. It is asked beneath the routes, where a call leaves, so that no header,
 * body or repetition that a route sets makes another campaign, or sends one twice: a permit names the connection, the method
 * and every parameter, and is good for one call. Safe for many threads.
 */
public final class CampaignPermits implements WriteGuard {

    /** Makes a campaign. The name is spelt as here, because Zoho takes no other case. */
    public static final String CREATE = "createCampaign";

    /** Copies a campaign. */
    public static final String CLONE = "json/clonecampaign";

    /** Sends a campaign, now or later. */
    public static final String SEND = "sendcampaign";

    private static final String BASE = "/api/v1.1/";

    /** In whatever case, and in the form of the clone that answers in XML: such a call is refused here, not passed on. */
    private static final Set<String> CONCERNED = Set.of("createcampaign", "clonecampaign", "sendcampaign");

    /** Whether the call of a permit has left, as it is told where calls leave. */
    private static final class Departure implements Payment {

        private volatile boolean left;

        @Override
        public void pay() {
            left = true;
        }

        @Override
        public void takeBack() {
            left = false;
        }
    }

    private record Permit(String connection, boolean used) {}

    private final Map<Object, Permit> given = Collections.synchronizedMap(new IdentityHashMap<>());

    /** Whether this guard judges the call. */
    public static boolean concerns(URI address) {
        String path = address.getPath() == null ? "" : address.getPath().toLowerCase(Locale.ROOT);
        return CONCERNED.contains(path.substring(path.lastIndexOf('/') + 1));
    }

    /** Makes a call that changes campaigns, and permits it to leave once, until the permit is withdrawn. */
    CampaignsCall give(
            Connection connection,
            String runId,
            String method,
            Map<String, String> parameters,
            Map<String, Object> details) {
        CampaignsCall call = new CampaignsCall(runId, method, method, true, parameters, details, new Departure());
        given.put(call, new Permit(connection.name(), false));
        return call;
    }

    /** Withdraws the permit of a call. */
    void withdraw(CampaignsCall call) {
        given.remove(call);
    }

    /** Whether Zoho may have got the call. */
    static boolean left(CampaignsCall call) {
        return call.payment() instanceof Departure departure && departure.left;
    }

    /**
     * Lets a call leave that is permitted, once.
     *
     * @throws ConsentBreach for every call that is not permitted as it is
     */
    @Override
    public void check(Connection connection, String verb, URI address, byte[] body, Object question) {
        boolean same = verb.equals("POST")
                && question instanceof CampaignsCall call
                && address.getRawQuery() == null
                && address.getPath().endsWith(BASE + call.path())
                && says(body, call);
        if (!same || !use(connection, question)) {
            throw new ConsentBreach("a call makes, copies or sends a campaign that no command or schedule names");
        }
    }

    private boolean use(Connection connection, Object question) {
        synchronized (given) {
            Permit permit = given.get(question);
            boolean good =
                    permit != null && !permit.used() && permit.connection().equals(connection.name());
            if (good) {
                given.put(question, new Permit(permit.connection(), true));
            }
            return good;
        }
    }

    private static boolean says(byte[] body, CampaignsCall call) {
        Map<String, String> form = new HashMap<>();
        try {
            for (String pair : new String(body == null ? new byte[0] : body, StandardCharsets.UTF_8).split("&")) {
                int equals = pair.indexOf('=');
                if (equals < 0
                        || form.put(pair.substring(0, equals), FormText.decode(pair.substring(equals + 1))) != null) {
                    return false;
                }
            }
        } catch (IllegalArgumentException broken) {
            return false;
        }
        String json = call.details().isEmpty() ? "" : form.remove(call.jsonParameter());
        return json != null
                && (call.details().isEmpty() || ZohoJson.says(json.getBytes(StandardCharsets.UTF_8), call.details()))
                && form.equals(call.parameters());
    }
}
