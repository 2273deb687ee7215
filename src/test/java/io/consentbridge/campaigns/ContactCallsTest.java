package io.consentbridge.campaigns;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.consentbridge.ZohoStandIn.RUN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.zoho.Calls;
import io.consentbridge.zoho.ZohoFault;
import io.consentbridge.zoho.ZohoSeams;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A call about one contact. */
class ContactCallsTest extends CampaignsFixture {

    @Test
    @DisplayName(
            "A person is subscribed with real JSON, topics and source in a form body, signed, and counted for the run")
    void subscribes() {
        answer(SUBSCRIBE, okJson("{\"status\":\"success\",\"code\":\"0\",\"message\":\"User subscribed.\"}"));

        assertThat(subscribe()).isEqualTo(new ContactReply.Accepted());

        standIn.zoho.verify(postRequestedFor(urlPathEqualTo(SUBSCRIBE))
                .withHeader("Authorization", equalTo("Zoho-oauthtoken token-1"))
                .withHeader("Content-Type", equalTo("application/x-www-form-urlencoded"))
                .withHeader("User-Agent", equalTo("ConsentBridge"))
                .withFormParam("resfmt", equalTo("JSON"))
                .withFormParam("listkey", equalTo("3z1"))
                .withFormParam("topic_id", equalTo("7,8"))
                .withFormParam("source", equalTo("CRM"))
                .withFormParam(
                        "contactinfo",
                        equalTo("{\"Contact Email\":\"jane+x@example.com\",\"Last Name\":\"D'Oe & \\\"Söhne\\\"\"}")));
        assertThat(standIn.counter.drain(RUN)).isEqualTo(new Calls(0, 0, 1).plus(tokenCalls()));
        assertThat(standIn.counter.drain(RUN)).isEqualTo(Calls.NONE);
        assertThat(standIn.quota.asked).isEmpty();
    }

    @Test
    @DisplayName("B91: a list with a public sign-up form sends a confirmation, and the reply says so")
    void confirmation() {
        answer(
                SUBSCRIBE,
                okJson(
                        "{\"status\":\"success\",\"code\":\"0\",\"message\":\"A confirmation email is sent to the user. User"
                                + " needs to confirm to successfully subscribe.\"}"));

        assertThat(subscribe()).isEqualTo(new ContactReply.ConfirmationSent());
    }

    @Test
    @DisplayName("B79: a group address is refused for that reason, though the HTTP status is 200")
    void groupAddress() {
        answer(SUBSCRIBE, error("2005"));

        assertThat(subscribe()).isEqualTo(new ContactReply.Refused(IgnoreReason.GROUP_EMAIL, "2005", false, false));
    }

    @Test
    @DisplayName("Unsubscribing and Do-Not-Mail send the address alone, in the body alone")
    void leaving() {
        answer("/api/v1.1/json/listunsubscribe", error("2103"));
        answer("/api/v1.1/json/contactdonotmail", okJson("{\"status\":\"success\",\"code\":\"0\"}"));

        assertThat(ask("unsubscribe-contact")).isEqualTo(new ContactReply.Accepted());
        assertThat(ask("do-not-mail-contact")).isEqualTo(new ContactReply.Accepted());

        for (LoggedRequest each :
                standIn.zoho.findAll(postRequestedFor(urlPathEqualTo("/api/v1.1/json/listunsubscribe")))) {
            assertThat(each.getQueryParams()).isEmpty();
            assertThat(each.formParameter("contactinfo").firstValue())
                    .isEqualTo("{\"Contact Email\":\"jane+x@example.com\"}");
        }
        standIn.zoho.verify(postRequestedFor(urlPathEqualTo("/api/v1.1/json/contactdonotmail"))
                .withFormParam("contactinfo", equalTo("{\"Contact Email\":\"jane+x@example.com\"}")));
    }

    @Test
    @DisplayName("A contact call is sent once, whatever its result, since the delivery route retries and paces")
    void contactCallsAreNotRetried() {
        answer(SUBSCRIBE, aResponse().withStatus(500).withBody("<html>oops</html>"));

        assertThatThrownBy(CampaignsFixture::subscribe).isInstanceOf(ZohoFault.Transient.class);

        standIn.zoho.verify(1, postRequestedFor(urlPathEqualTo(SUBSCRIBE)));
    }

    @Test
    @DisplayName("The message keeps nothing of the call or of the reply's headers: no token, no internal header")
    void nothingLeaks() throws Exception {
        answer(
                SUBSCRIBE,
                okJson("{\"status\":\"success\",\"code\":\"0\"}")
                        .withHeader("X-From-Zoho", "yes")
                        .withHeader("Set-Cookie", "a=b"));

        Exchange exchange = standIn.main.getCamelTemplate().request("direct:subscribe-contact", asked -> {
            asked.setVariable(ZohoSeams.CONNECTION, standIn.connection);
            asked.getMessage().setHeader("Link", "leaks");
            asked.getMessage().setHeader(Exchange.HTTP_PATH, "/elsewhere");
            asked.getMessage().setHeader(Exchange.HTTP_QUERY, "q=leaks");
            asked.getMessage().setBody(call());
        });

        assertThat(exchange.getMessage().getHeaders()).isEmpty();
        LoggedRequest request = standIn.zoho
                .findAll(postRequestedFor(urlPathEqualTo(SUBSCRIBE)))
                .get(0);
        assertThat(request.getUrl()).isEqualTo(SUBSCRIBE);
        assertThat(request.getHeaders().keys())
                .noneMatch(name -> name.startsWith("X-ConsentBridge") || name.startsWith("Camel"))
                .doesNotContain("Link", "Cookie");
    }

    /** The token is asked for once in the life of the stand-in, by whichever test comes first. */
    private static Calls tokenCalls() {
        int asked = standIn.zoho
                .findAll(postRequestedFor(urlPathEqualTo("/oauth/v2/token")))
                .size();
        return new Calls(asked, 0, 0);
    }
}
