package io.consentbridge.routes;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.campaigns.CampaignsCall;
import io.consentbridge.campaigns.CampaignsReply;
import io.consentbridge.campaigns.ContactAnswer;
import io.consentbridge.campaigns.ContactCall;
import io.consentbridge.campaigns.ContactReply;
import io.consentbridge.zoho.ZohoFault;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The routes of zoho-campaigns.camel.yaml: every call to Zoho Campaigns, from the question to what the reply means. */
class ZohoCampaignsRoutesTest extends ZohoRouteTest {

    private static final ContactCall CONTACT = new ContactCall(
            null, "3z1", Map.of("Contact Email", "jane@example.com", "Last Name", "Doe"), List.of(), null);
    private static final String SUCCESS = "{\"status\":\"success\",\"code\":\"0\",\"message\":\"Done.\"}";
    private static final String ROWS =
            "{\"status\":\"success\",\"code\":\"0\",\"topicDetails\":[],\"recent_campaigns\":[],"
                    + "\"list_of_details\":[{\"listkey\":\"3z1\",\"contact_email\":\"jane@example.com\"}]}";

    private RuntimeException noQuota;

    ZohoCampaignsRoutesTest() {
        super("routes/zoho-campaigns.camel.yaml");
    }

    @Override
    protected void bindToRegistry(Registry beans) {
        super.bindToRegistry(beans);
        beans.bind("quotaGovernor", new Quota());
    }

    private static CampaignsCall reading(String method) {
        return new CampaignsCall(null, method, false, Map.of(), Map.of());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "subscribe-contact, json/listsubscribe, 3z1",
        "unsubscribe-contact, json/listunsubscribe, 3z1",
        "do-not-mail-contact, json/contactdonotmail,"
    })
    @DisplayName("A contact is sent as JSON within a form, and the reply is read; the quota was reserved before")
    void contact(String seam, String method, String list) {
        context.start();
        answer(okJson(SUCCESS));

        ContactAnswer answer = ask(seam, CONTACT).getMessage().getBody(ContactAnswer.class);

        assertThat(answer.reply()).isEqualTo(new ContactReply.Accepted());
        ZOHO.verify(postRequestedFor(urlPathEqualTo("/api/v1.1/" + method))
                .withFormParam("contactinfo", containing("jane@ex"))
                .withHeader("Authorization", equalTo("Zoho-oauthtoken token-1")));
        if (list != null) {
            ZOHO.verify(
                    postRequestedFor(urlPathEqualTo("/api/v1.1/" + method)).withFormParam("listkey", equalTo(list)));
        }
        assertThat(steps()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"subscribe-contact", "unsubscribe-contact", "do-not-mail-contact"})
    @DisplayName("Whether a call about a contact is tried again is the caller's matter")
    void contactFails(String seam) {
        context.start();
        answer(serverError());
        assertThat(ask(seam, CONTACT).getException()).isInstanceOf(ZohoFault.Transient.class);
        assertThat(calls()).isEqualTo(1);

        askAsCaller(seam, CONTACT);
        assertThat(calls()).isEqualTo(/* and of the caller */ 1 + 2);
        assertThat(steps()).containsExactly("failed");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "list-members, getlistsubscribers",
        "count-members, listsubscriberscount",
        "find-lists, getmailinglists",
        "topics, topics",
        "campaigns-fields, contact/allfields",
        "recent-campaigns, recentcampaigns",
        "campaign-report, campaignreports",
        "campaign-details, getcampaigndetails",
        "campaign-recipients, getcampaignrecipientsdata"
    })
    @DisplayName(
            "A seam that reads asks for quota with each try, tries again after an outage, and gives the reply as a Map")
    void reads(String seam, String method) {
        context.start();
        answer(serverError(), okJson(ROWS));

        CampaignsReply reply = ask(seam, reading(method)).getMessage().getBody(CampaignsReply.class);

        assertThat(reply.json()).containsEntry("status", "success");
        assertThat(steps()).containsExactly("admit main " + method, "admit main " + method);
        ZOHO.verify(2, getRequestedFor(urlPathEqualTo("/api/v1.1/" + method)));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"create-list, addlistandcontacts", "create-field, custom/add"})
    @DisplayName("A seam that creates posts a form")
    void creates(String seam, String method) {
        context.start();
        answer(serverError(), okJson(SUCCESS));
        ask(seam, new CampaignsCall(null, method, true, Map.of("name", "News"), Map.of()));
        assertThat(steps()).hasSize(2);
        ZOHO.verify(2, postRequestedFor(urlPathEqualTo("/api/v1.1/" + method)).withFormParam("name", equalTo("News")));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"create-campaign, createCampaign", "clone-campaign, json/clonecampaign", "send-campaign, sendcampaign"})
    @DisplayName(
            "A seam that makes, copies or sends a campaign asks for quota once, and is never repeated below its caller")
    void writesCampaigns(String seam, String method) {
        context.start();
        answer(serverError(), okJson(SUCCESS));
        Map<String, Object> details = seam.equals("send-campaign") ? Map.of() : Map.of("3z1", List.of());
        assertThat(ask(seam, new CampaignsCall(null, method, true, Map.of("resfmt", "JSON"), details))
                        .getException())
                .isInstanceOf(ZohoFault.Transient.class);
        assertThat(steps()).containsExactly("admit main " + method);
        ZOHO.verify(1, postRequestedFor(urlPathEqualTo("/api/v1.1/" + method)));
    }

    @Test
    @DisplayName("An error that Campaigns tells with HTTP status 200 is thrown at once")
    void refused() {
        context.start();
        answer(okJson("{\"status\":\"error\",\"code\":\"2501\",\"message\":\"No such list.\",\"version\":\"1.1\"}"));
        assertThat(ask("list-members", reading("getlistsubscribers")).getException())
                .isInstanceOf(ZohoFault.Rejected.class);
        assertThat(calls()).isEqualTo(1);
    }

    @Test
    @DisplayName("A quota that frees up soon is waited for")
    void waitsForQuota() {
        context.start();
        noQuota = new ZohoFault.Throttled("getmailinglists", "no call is left", Instant.EPOCH);
        answer(okJson(ROWS));
        assertThat(ask("find-lists", reading("getmailinglists")).getException()).isNull();
        assertThat(steps()).hasSize(2);
        assertThat(calls()).isEqualTo(1);
    }

    @Test
    @DisplayName("A method that Campaigns locks for half an hour is given back at once")
    void locked() {
        context.start();
        answer(aResponse().withStatus(429));
        assertThat(ask("find-lists", reading("getmailinglists")).getException())
                .isInstanceOf(ZohoFault.Throttled.class);
        assertThat(calls()).isEqualTo(1);
    }

    @Test
    @DisplayName("HTML is a fault of Zoho's, not of JSON; it is tried again, and then thrown")
    void html() {
        context.start();
        answer(aResponse().withBody("<html>Maintenance</html>"));
        assertThat(ask("topics", reading("topics")).getException()).isInstanceOf(ZohoFault.Transient.class);
        assertThat(calls()).isEqualTo(3);
    }

    @Test
    @DisplayName("A gateway in the place of HTTP gets the call and answers with JSON and a status")
    void gateway() throws Exception {
        callGateway("call-campaigns", "send-campaigns-call");
        context.start();
        getMockEndpoint("mock:gateway").whenAnyExchangeReceived(call -> {
            call.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, 200);
            call.getMessage().setBody(new ByteArrayInputStream(ROWS.getBytes()));
        });
        assertThat(ask("find-lists", reading("getmailinglists"))
                        .getMessage()
                        .getBody(CampaignsReply.class)
                        .json())
                .containsEntry("code", "0");
        assertThat(calls()).isZero();
    }

    /** Stands in for the bean quotaGovernor. */
    public final class Quota {

        public void admit(String connection, String method) {
            note("admit " + connection + " " + method);
            RuntimeException refusal = noQuota;
            noQuota = null;
            if (refusal != null) {
                throw refusal;
            }
        }
    }
}
