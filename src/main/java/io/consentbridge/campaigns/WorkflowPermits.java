package io.consentbridge.campaigns;

import io.consentbridge.consent.ConsentBreach;
import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.FormText;
import io.consentbridge.zoho.WriteGuard;
import io.consentbridge.zoho.ZohoFault;
import io.consentbridge.zoho.ZohoJson;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Knows which people may be handed over to which workflow of Campaigns now. It is asked beneath the routes, where a call leaves, so
 * that no header or body that a route sets hands somebody else over. Safe for many threads.
 */
public final class WorkflowPermits implements WriteGuard {

    /** The most people of a call (docs/zoho-notes.md, "Campaigns: workflows"). */
    public static final int MOST = 200;

    /** The fixed words for counting calls. */
    public static final String METHOD = "workflow/trigger";

    private static final String PATH = "/api/v1.1/workflow/";
    private static final String DETAILS = "details=";

    private record Permit(String connection, Instant until) {}

    private final InstantSource clock;
    private final Map<Object, Permit> given = Collections.synchronizedMap(new IdentityHashMap<>());

    public WorkflowPermits(InstantSource clock) {
        this.clock = clock;
    }

    /** Whether this guard judges the call. */
    public static boolean concerns(URI address) {
        return address.getPath() != null && address.getPath().contains(PATH);
    }

    /**
     * Makes the call that hands people over, and permits it to leave until its claim ends or the permit is withdrawn.
     *
     * @param addresses e-mail addresses, up to {@link #MOST}
     * @param until when the claim of the people ends
     */
    public CampaignsCall give(
            Connection connection,
            String workflow,
            String trigger,
            String listKey,
            List<String> addresses,
            Instant until) {
        if (!workflow.matches("[\\w-]{1,200}")) {
            throw new IllegalArgumentException("the key of a workflow has letters, digits, hyphens and underscores");
        }
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("lead_email", String.join(",", addresses));
        details.put("triggerkey", trigger);
        details.put("listkey", listKey);
        CampaignsCall call =
                new CampaignsCall(null, METHOD, "workflow/" + workflow + "/action/trigger", true, Map.of(), details);
        given.put(call, new Permit(connection.name(), until));
        return call;
    }

    /** Withdraws the permit of a call. */
    public void withdraw(CampaignsCall call) {
        given.remove(call);
    }

    /**
     * Lets a call leave that hands over whom it may, and no other.
     *
     * @throws ConsentBreach for every call that is not permitted as it is
     * @throws ZohoFault.ClaimEnded if the claim has ended: another process may hand the same people over by now
     */
    @Override
    public void check(Connection connection, String verb, URI address, byte[] body, Object question) {
        Permit permit = given.get(question);
        boolean same = permit != null
                && verb.equals("POST")
                && connection.name().equals(permit.connection())
                && question instanceof CampaignsCall call
                && address.getRawQuery() == null
                && address.getPath().endsWith("/api/v1.1/" + call.path())
                && says(body, call.details());
        if (!same) {
            throw new ConsentBreach("a call hands people over to a workflow of Campaigns whom no confirmation names");
        }
        if (!clock.instant().isBefore(permit.until())) {
            throw new ZohoFault.ClaimEnded(connection.name() + ": the claim of people for a workflow has ended");
        }
    }

    private static boolean says(byte[] body, Map<String, Object> details) {
        String form = body == null ? "" : new String(body, StandardCharsets.UTF_8);
        if (!form.startsWith(DETAILS) || form.indexOf('&') >= 0) {
            return false;
        }
        try {
            return ZohoJson.says(
                    FormText.decode(form.substring(DETAILS.length())).getBytes(StandardCharsets.UTF_8), details);
        } catch (IllegalArgumentException broken) {
            return false;
        }
    }
}
