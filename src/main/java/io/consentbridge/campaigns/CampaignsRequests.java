package io.consentbridge.campaigns;

import io.consentbridge.consent.ConsentBreach;
import io.consentbridge.zoho.Api;
import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.ZohoJson;
import io.consentbridge.zoho.ZohoRequest;
import io.consentbridge.zoho.ZohoSeams;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;

/** Makes the HTTP calls of {@link CampaignsCall}s; bound as {@code campaignsRequests}. */
public final class CampaignsRequests {

    private static final Map<String, String> GET_HEADERS = Map.of("Accept", "application/json");
    private static final Map<String, String> FORM_HEADERS =
            Map.of("Accept", "application/json", "Content-Type", ZohoRequest.FORM);

    CampaignsRequests() {}

    /** Makes the details of a call the body, for JSON, and keeps the call. */
    public void details(Exchange exchange) {
        CampaignsCall call = exchange.getMessage().getBody(CampaignsCall.class);
        exchange.setProperty(CampaignsCall.PROPERTY, call);
        exchange.getMessage().setBody(call.details());
    }

    /**
     * Makes the message the HTTP call of the body, or of the call that was kept.
     *
     * @throws ConsentBreach if the JSON in the body differs from the call
     */
    public void address(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        CampaignsCall call = body instanceof CampaignsCall plain
                ? plain
                : exchange.getProperty(CampaignsCall.PROPERTY, CampaignsCall.class);
        String parameters = ZohoRequest.encode(parameters(call, exchange));
        if (call.changes()) {
            byte[] form = parameters.getBytes(StandardCharsets.UTF_8);
            place(exchange, call.runId(), call.method(), call.path(), null, form, false, call);
        } else {
            place(exchange, call.runId(), call.method(), call.path(), parameters, null, false, call);
        }
    }

    private static Map<String, String> parameters(CampaignsCall call, Exchange exchange) {
        if (call == null) {
            throw new ConsentBreach("Campaigns is asked for something that is no call of the product");
        }
        if (call.details().isEmpty()) {
            return call.parameters();
        }
        byte[] json = exchange.getMessage().getBody(byte[].class);
        if (!ZohoJson.says(json, call.details())) {
            throw new ConsentBreach(
                    "a call of " + call.method() + " asks Campaigns something else than the product does");
        }
        Map<String, String> parameters = new LinkedHashMap<>(call.parameters());
        parameters.put(call.jsonParameter(), new String(json, StandardCharsets.UTF_8));
        return parameters;
    }

    /** Makes the exchange's message a contact call, whose form {@link ContactPermits} checks. */
    static void placeContact(Exchange exchange, ContactCall call, String method, byte[] form) {
        place(exchange, call.runId(), method, method, null, form, true, call);
    }

    private static void place(
            Exchange exchange,
            String runId,
            String method,
            String path,
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
                        connection.campaignsUrl() + "/api/v1.1/" + path,
                        query,
                        form == null ? GET_HEADERS : FORM_HEADERS,
                        form,
                        guarded,
                        question)
                .placeIn(exchange.getMessage());
    }
}
