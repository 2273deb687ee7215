package io.consentbridge.crm;

import io.consentbridge.zoho.Paid;
import io.consentbridge.zoho.Payment;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The question of a {@code direct:crm-...} seam.
 *
 * @param runId the run for which the call is counted; null for none
 * @param method a fixed word for counting: {@code coql}, {@code view}, {@code deleted}, {@code record}, {@code settings},
 *     {@code update}
 * @param subject what it is about, for messages: the API name of a module
 * @param path the path after {@code /crm/v8/}
 * @param parameters of the query
 * @param json the content of a POST or PUT, which a step of the route makes JSON; null for a GET
 * @param since only what changed at or after this instant; for a change, only what did not change after it. Null for all
 * @param payment what pays for each of its calls with credits; {@link Payment#NONE} if nothing limits them
 */
public record CrmCall(
        String runId,
        String method,
        String subject,
        String path,
        Map<String, String> parameters,
        Map<String, Object> json,
        Instant since,
        Payment payment)
        implements Paid {

    public CrmCall {
        json = json == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(json));
    }

    /** A call that nothing limits. */
    public CrmCall(
            String runId,
            String method,
            String subject,
            String path,
            Map<String, String> parameters,
            Map<String, Object> json,
            Instant since) {
        this(runId, method, subject, path, parameters, json, since, Payment.NONE);
    }

    /** The exchange property that keeps the call while its reply is read. */
    static final String PROPERTY = "crmCall";

    /** The method of a call that changes records, which is a PUT. */
    static final String UPDATE = "update";

    String verb() {
        return json == null ? "GET" : changes() ? "PUT" : "POST";
    }

    boolean changes() {
        return method.equals(UPDATE);
    }

    static CrmCall get(String runId, String method, String subject, String path, Map<String, String> parameters) {
        return new CrmCall(runId, method, subject, path, parameters, null, null);
    }
}
