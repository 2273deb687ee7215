package io.consentbridge.campaigns;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.consentbridge.ZohoStandIn.RUN;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.consentbridge.ZohoStandIn;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** Campaigns' routes against a stand-in for Campaigns that each test tells what to answer. */
@Timeout(60)
abstract class CampaignsFixture {

    static final String SUBSCRIBE = "/api/v1.1/json/listsubscribe";
    static ZohoStandIn standIn;

    @BeforeAll
    static void start() {
        standIn = new ZohoStandIn();
    }

    @AfterAll
    static void stop() {
        standIn.close();
    }

    @BeforeEach
    void fresh() {
        standIn.fresh();
    }

    static ContactReply subscribe() {
        return ask("subscribe-contact");
    }

    /** What a seam of contact calls answers. */
    static ContactReply ask(String seam) {
        return standIn.seams
                .ask(seam, standIn.connection, call(), ContactAnswer.class)
                .reply();
    }

    static ContactCall call() {
        Map<String, String> info = new LinkedHashMap<>();
        info.put("Contact Email", "jane+x@example.com");
        info.put("Last Name", "D'Oe & \"Söhne\"");
        return new ContactCall(RUN, "3z1", info, List.of("7", "8"), "CRM");
    }

    /** What Campaigns will answer to a POST. */
    static void answer(String path, ResponseDefinitionBuilder reply) {
        standIn.zoho.stubFor(post(urlPathEqualTo(path)).willReturn(reply));
    }

    /** One page of rows that Campaigns will give. */
    static void page(String method, String from, String rows) {
        standIn.zoho.stubFor(get(urlPathEqualTo("/api/v1.1/" + method))
                .withQueryParam("fromindex", equalTo(from))
                .willReturn(okJson("{\"status\":\"success\",\"code\":\"0\",\"list_of_details\":[" + rows + "]}")));
    }

    /** An error as Campaigns tells it: with HTTP status 200. */
    static ResponseDefinitionBuilder error(String code) {
        return okJson("{\"status\":\"error\",\"code\":\"" + code + "\",\"message\":\"No.\",\"version\":\"1.1\"}");
    }
}
