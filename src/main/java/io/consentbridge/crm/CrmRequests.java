package io.consentbridge.crm;

import io.consentbridge.zoho.AccessTokens;
import io.consentbridge.zoho.Api;
import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.ZohoRequest;
import io.consentbridge.zoho.ZohoSeams;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Makes the HTTP call of a {@link CrmCall}; bound as {@code crmRequests}. The body is a Map that the next step makes JSON,
 * or null for a GET.
 */
final class CrmRequests implements Processor {

    private final AccessTokens tokens;

    CrmRequests(AccessTokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public void process(Exchange exchange) {
        CrmCall call = exchange.getMessage().getBody(CrmCall.class);
        Connection connection = exchange.getVariable(ZohoSeams.CONNECTION, Connection.class);
        exchange.setProperty(CrmCall.PROPERTY, call);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Accept", "application/json");
        if (call.since() != null) {
            headers.put(call.changes() ? ZohoRequest.UNMODIFIED : ZohoRequest.SINCE, Coql.dateTime(call.since()));
        }
        if (call.json() != null) {
            headers.put("Content-Type", "application/json");
        }
        new ZohoRequest(
                        connection.name(),
                        call.runId(),
                        Api.CRM,
                        call.method(),
                        call.verb(),
                        tokens.crmUrl(connection, call.runId()) + "/crm/v8/" + call.path(),
                        call.parameters().isEmpty() ? null : ZohoRequest.encode(call.parameters()),
                        headers,
                        call.json(),
                        false,
                        call)
                .placeIn(exchange.getMessage());
    }
}
