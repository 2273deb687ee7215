package io.consentbridge.campaigns;

import io.consentbridge.zoho.Api;
import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.ZohoRequest;
import io.consentbridge.zoho.ZohoSeams;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Makes an HTTP call of a {@link CampaignsCall}; bound as {@code campaignsRequests}. */
final class CampaignsRequests implements Processor {

    private static final Map<String, String> GET_HEADERS = Map.of("Accept", "application/json");
    private static final Map<String, String> FORM_HEADERS =
            Map.of("Accept", "application/json", "Content-Type", ZohoRequest.FORM);

    @Override
    public void process(Exchange exchange) {
        CampaignsCall call = exchange.getMessage().getBody(CampaignsCall.class);
        String parameters = ZohoRequest.encode(call.parameters());
        if (call.changes()) {
            byte[] form = parameters.getBytes(StandardCharsets.UTF_8);
            place(exchange, call.runId(), call.method(), null, form, false, call);
        } else {
            place(exchange, call.runId(), call.method(), parameters, null, false, call);
        }
    }

    /** Makes the exchange's message a contact call, of which {@link ContactPermits} says what its form may be. */
    static void placeContact(Exchange exchange, ContactCall call, String method, byte[] form) {
        place(exchange, call.runId(), method, null, form, true, call);
    }

    private static void place(
            Exchange exchange,
            String runId,
            String method,
            String query,
            byte[] form,
            boolean guarded,
            Object question) {
        Connection connection = exchange.getVariable(ZohoSeams.CONNECTION, Connection.class);
        exchange.setProperty(CampaignsCall.METHOD, method);
        new ZohoRequest(
                        connection.name(),
                        runId,
                        Api.CAMPAIGNS,
                        method,
                        connection.campaignsUrl() + "/api/v1.1/" + method,
                        query,
                        form == null ? GET_HEADERS : FORM_HEADERS,
                        form,
                        guarded,
                        question)
                .placeIn(exchange.getMessage());
    }
}
