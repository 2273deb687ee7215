package io.consentbridge.routes;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.crm.CrmCall;
import io.consentbridge.crm.CrmReply;
import io.consentbridge.zoho.ZohoFault;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The routes of zoho-crm.camel.yaml: every call to Zoho CRM, from the question to what the reply means. */
class ZohoCrmRoutesTest extends ZohoRouteTest {

    private static final CrmCall SETTINGS =
            new CrmCall(null, "settings", "Leads", "settings/fields", Map.of("module", "Leads"), null, null);
    private static final CrmCall QUERY =
            new CrmCall(null, "coql", "Leads", "coql", Map.of(), Map.of("select_query", "select id from Leads"), null);
    private static final String ROWS =
            "{\"data\":[{\"id\":\"3652397000002034002\",\"Amount\":0.10}]," + "\"info\":{\"more_records\":false}}";

    ZohoCrmRoutesTest() {
        super("routes/zoho-crm.camel.yaml");
    }

    private Map<String, Object> json(String seam, CrmCall call) {
        return ask(seam, call).getMessage().getBody(CrmReply.class).json();
    }

    @ParameterizedTest
    @ValueSource(strings = {"crm-query", "crm-deleted", "crm-view", "crm-record", "crm-settings"})
    @DisplayName("Each seam asks Zoho, tries again after an outage, and gives the reply as a Map")
    void seams(String seam) {
        context.start();
        answer(serverError(), okJson(ROWS));
        assertThat(json(seam, SETTINGS)).containsKey("data");
        assertThat(calls()).isEqualTo(2);
    }

    @Test
    @DisplayName("A Map is sent as JSON with the token; ids and decimals of the reply stay exact")
    void json() {
        context.start();
        answer(okJson(ROWS));
        assertThat(json("crm-query", QUERY))
                .containsEntry("data", List.of(Map.of("id", "3652397000002034002", "Amount", new BigDecimal("0.10"))));
        ZOHO.verify(postRequestedFor(urlPathEqualTo("/crm/v8/coql"))
                .withHeader("Authorization", equalTo("Zoho-oauthtoken token-1"))
                .withRequestBody(equalToJson("{\"select_query\":\"select id from Leads\"}")));
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 304})
    @DisplayName("A status for nothing is an empty Map")
    void nothing(int status) {
        context.start();
        answer(aResponse().withStatus(status));
        assertThat(json("crm-deleted", SETTINGS)).isEmpty();
    }

    @Test
    @DisplayName("HTML is a fault of Zoho's, not of JSON; it is tried again, and then thrown")
    void html() {
        context.start();
        answer(aResponse().withBody("<html>Maintenance</html>"));
        assertThat(ask("crm-settings", SETTINGS).getException()).isInstanceOf(ZohoFault.Transient.class);
        assertThat(calls()).isEqualTo(3);
    }

    @Test
    @DisplayName("What Zoho refuses is thrown at once")
    void refused() {
        context.start();
        answer(aResponse()
                .withStatus(400)
                .withBody("{\"code\":\"INVALID_MODULE\",\"details\":{},\"message\":\"x\",\"status\":\"error\"}"));
        assertThat(ask("crm-settings", SETTINGS).getException()).isInstanceOf(ZohoFault.Rejected.class);
        assertThat(calls()).isEqualTo(1);
    }

    @Test
    @DisplayName("call-crm leaves its failures to the seam that calls it")
    void callersMatter() {
        context.start();
        answer(serverError());
        askAsCaller("call-crm", SETTINGS);
        assertThat(calls()).isEqualTo(2);
        assertThat(steps()).containsExactly("failed");
    }

    @Test
    @DisplayName("A gateway in the place of HTTP gets JSON, and answers with JSON and a status")
    void gateway() throws Exception {
        callGateway("call-crm", "send-crm-call");
        context.start();
        getMockEndpoint("mock:gateway").whenAnyExchangeReceived(call -> {
            assertThat(call.getMessage().getBody(String.class)).contains("select_query");
            call.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, 200);
            call.getMessage().setBody(new ByteArrayInputStream(ROWS.getBytes()));
        });
        assertThat(json("crm-query", QUERY)).containsKey("data");
        assertThat(calls()).isZero();
    }
}
