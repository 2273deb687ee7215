package io.consentbridge.campaigns;

import io.consentbridge.zoho.Paid;
import io.consentbridge.zoho.Payment;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The question of a {@code direct:} seam that reads or prepares; those about contacts are {@link ContactCall}s.
 *
 * @param runId the run for which the call is counted; null for none
 * @param method Campaigns' method, such as {@code getlistsubscribers}; quotas are counted by it
 * @param changes whether the call changes something: then the parameters are a POSTed form, else the query
 * @param path the path after {@code /api/v1.1/}; that of the method but where a key is part of it
 * @param parameters in their order; a query never contains anything about a person
 * @param details content of the additional parameter that is JSON, which a step of the route makes; empty for none
 * @param payment is told when the call leaves
 */
public record CampaignsCall(
        String runId,
        String method,
        String path,
        boolean changes,
        Map<String, String> parameters,
        Map<String, Object> details,
        Payment payment)
        implements Paid {

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
            "custom/add",
            WorkflowPermits.METHOD,
            "recentcampaigns",
            "campaignreports",
            "getcampaigndetails",
            "getcampaignrecipientsdata",
            CampaignPermits.CREATE,
            CampaignPermits.CLONE,
            CampaignPermits.SEND);

    /** The exchange property that keeps the method while its reply is read; the quota is requested by it. */
    static final String METHOD = "campaignsMethod";

    /** The exchange property that keeps the call while the body is its content as JSON. */
    static final String PROPERTY = "campaignsCall";

    public CampaignsCall {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }

    /** A call that nobody is told about when it leaves. */
    public CampaignsCall(
            String runId,
            String method,
            String path,
            boolean changes,
            Map<String, String> parameters,
            Map<String, Object> details) {
        this(runId, method, path, changes, parameters, details, Payment.NONE);
    }

    /** A call whose path is its method. */
    public CampaignsCall(
            String runId, String method, boolean changes, Map<String, String> parameters, Map<String, Object> details) {
        this(runId, method, method, changes, parameters, details);
    }

    /** A call that reads. */
    static CampaignsCall read(String runId, String method, Map<String, String> parameters) {
        return new CampaignsCall(runId, method, false, parameters, Map.of());
    }

    /** A call that reads, with details in JSON. */
    static CampaignsCall detailed(String runId, String method, Map<String, Object> details) {
        return new CampaignsCall(runId, method, false, Map.of(), details);
    }

    /** A call that changes something. */
    static CampaignsCall change(String runId, String method, Map<String, String> parameters) {
        return new CampaignsCall(runId, method, true, parameters, Map.of());
    }

    /** The name of the parameter that is JSON. */
    String jsonParameter() {
        return switch (method) {
            case CampaignPermits.CREATE -> "list_details";
            case CampaignPermits.CLONE -> "campaigninfo";
            default -> "details";
        };
    }

    @Override
    public String toString() {
        return "call of " + method;
    }
}
