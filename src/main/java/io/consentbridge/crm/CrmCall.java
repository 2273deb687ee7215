package io.consentbridge.crm;

import java.time.Instant;
import java.util.Map;

/**
 * What a {@code direct:crm-...} seam is asked.
 *
 * @param runId the run that the call is counted for; null for none
 * @param method a fixed word for counting: {@code coql}, {@code deleted}, {@code record}, {@code settings}
 * @param subject what it is about, for messages: the API name of a module
 * @param path behind {@code /crm/v8/}
 * @param parameters of the query
 * @param json the body of a POST; null for a GET
 * @param since only what changed at or after this instant; null for all
 */
public record CrmCall(
        String runId,
        String method,
        String subject,
        String path,
        Map<String, String> parameters,
        String json,
        Instant since) {

    /** The exchange property that keeps the call while its reply is read. */
    static final String PROPERTY = "crmCall";

    static CrmCall get(String runId, String method, String subject, String path, Map<String, String> parameters) {
        return new CrmCall(runId, method, subject, path, parameters, null, null);
    }
}
