package io.consentbridge.campaigns;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a {@code direct:} seam that reads or prepares is asked; contacts are {@link ContactCall}s.
 *
 * @param runId the run that the call is counted for; null for none
 * @param method Campaigns' method, such as {@code getlistsubscribers}; quotas are counted by it
 * @param changes whether something is changed: then the parameters travel as a POSTed form, else in the query
 * @param parameters in their order; a query never holds anything about a person
 * @param details what the further parameter {@code details} says, which a step of the route makes JSON; empty for none
 */
public record CampaignsCall(
        String runId, String method, boolean changes, Map<String, String> parameters, Map<String, Object> details) {

    /** Every method of Campaigns that is called, those that write about people first. */
    public static final List<String> METHODS = List.of(
            ContactForms.SUBSCRIBE,
            ContactForms.UNSUBSCRIBE,
            ContactForms.DO_NOT_MAIL,
            "getmailinglists",
            "getlistsubscribers",
            "listsubscriberscount",
            "topics",
            "contact/allfields",
            "addlistandcontacts",
            "custom/add");

    /** The exchange property that keeps the method while its reply is read; the quota is asked for it. */
    static final String METHOD = "campaignsMethod";

    /** The exchange property that keeps the call while the body is what it says as JSON. */
    static final String PROPERTY = "campaignsCall";

    public CampaignsCall {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }

    /** A call that reads. */
    static CampaignsCall read(String runId, String method, Map<String, String> parameters) {
        return new CampaignsCall(runId, method, false, parameters, Map.of());
    }

    /** A call that reads, and says in JSON what. */
    static CampaignsCall detailed(String runId, String method, Map<String, Object> details) {
        return new CampaignsCall(runId, method, false, Map.of(), details);
    }

    /** A call that changes something. */
    static CampaignsCall change(String runId, String method, Map<String, String> parameters) {
        return new CampaignsCall(runId, method, true, parameters, Map.of());
    }

    @Override
    public String toString() {
        return "call of " + method;
    }
}
