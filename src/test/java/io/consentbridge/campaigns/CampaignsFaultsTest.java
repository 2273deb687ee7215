package io.consentbridge.campaigns;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.consentbridge.ZohoStandIn.RUN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import io.consentbridge.ZohoStandIn;
import io.consentbridge.zoho.Calls;
import io.consentbridge.zoho.ZohoFault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What keeps Campaigns from answering. */
class CampaignsFaultsTest extends CampaignsFixture {

    @Test
    @DisplayName(
            "HTML, XML, a truncated body and a dropped connection are transient faults and quote nothing about a person")
    void noJson() {
        List<ResponseDefinitionBuilder> replies = List.of(
                aResponse()
                        .withStatus(502)
                        .withHeader("Content-Type", "text/html")
                        .withBody("<html>jane+x@example.com</html>"),
                aResponse().withBody("<?xml version=\"1.0\"?><response><code>1004</code>jane+x@example.com</response>"),
                aResponse().withBody("{\"status\":\"success\",\"message\":\"jane+x@example.com"),
                aResponse().withBody("{\"status\":\"success\"} jane+x@example.com"),
                aResponse().withBody(""),
                aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER),
                aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK),
                aResponse().withFault(Fault.EMPTY_RESPONSE));
        for (ResponseDefinitionBuilder reply : replies) {
            answer(SUBSCRIBE, reply);
            ZohoFault.Transient fault = catchThrowableOfType(ZohoFault.Transient.class, CampaignsFixture::subscribe);
            assertThat(fault).as(reply.build().toString()).isNotNull();
            for (Throwable each = fault; each != null; each = each.getCause()) {
                assertThat(String.valueOf(each.getMessage())).doesNotContain("jane", "token-1");
            }
        }
    }

    @Test
    @DisplayName(
            "An exceeded limit locks the method for half an hour, in each of the three ways in which Zoho reports it")
    void throttled() {
        for (ResponseDefinitionBuilder reply : List.of(
                aResponse().withStatus(429).withBody("slow down"),
                error("2008"),
                aResponse()
                        .withStatus(400)
                        .withBody("{\"error\":{\"message\":\"URL_ROLLING_THROTTLES_LIMIT_EXCEEDED\"}}"))) {
            answer(SUBSCRIBE, reply);
            ZohoFault.Throttled fault = catchThrowableOfType(ZohoFault.Throttled.class, CampaignsFixture::subscribe);
            assertThat(fault.from(Instant.now())).isBetween(Duration.ofMinutes(29), Duration.ofMinutes(30));
        }
    }

    @Test
    @DisplayName("A refused token is replaced once and the call repeated; the case of Code and URI does not matter")
    void tokenReplaced() {
        String unauthorized =
                "{\"message\":\"Unauthorized request.\",\"version\":\"1.1\",\"Code\":\"1007\",\"status\":\"error\"}";
        try (ZohoStandIn own = new ZohoStandIn()) {
            own.fresh();
            own.zoho.stubFor(any(anyUrl())
                    .atPriority(9)
                    .willReturn(aResponse().withStatus(401).withBody(unauthorized)));
            own.zoho.stubFor(post(urlPathEqualTo("/oauth/v2/token"))
                    .inScenario("token")
                    .willSetStateTo("second")
                    .willReturn(okJson("{\"access_token\":\"token-1\",\"expires_in\":3600}")));
            own.zoho.stubFor(post(urlPathEqualTo("/oauth/v2/token"))
                    .inScenario("token")
                    .whenScenarioStateIs("second")
                    .willReturn(okJson("{\"access_token\":\"token-2\",\"expires_in\":3600}")));
            own.zoho.stubFor(post(urlPathEqualTo(SUBSCRIBE))
                    .withHeader("Authorization", equalTo("Zoho-oauthtoken token-2"))
                    .willReturn(okJson("{\"status\":\"success\",\"code\":\"0\"}")));

            ContactReply reply = own.seams
                    .ask("subscribe-contact", own.connection, call(), ContactAnswer.class)
                    .reply();

            assertThat(reply).isEqualTo(new ContactReply.Accepted());
            assertThat(own.counter.drain(RUN)).isEqualTo(new Calls(2, 0, 2));

            own.zoho.stubFor(post(urlPathEqualTo(SUBSCRIBE))
                    .willReturn(aResponse().withStatus(401).withBody(unauthorized)));
            assertThatThrownBy(() -> own.seams.ask("subscribe-contact", own.connection, call(), ContactAnswer.class))
                    .isInstanceOf(ZohoFault.Credential.class)
                    .hasMessageContaining("main: ")
                    .hasMessageContaining("data centre");
            assertThat(own.counter.drain(RUN))
                    .as("a new token is not replaced again")
                    .isEqualTo(new Calls(0, 0, 1));
        }
    }

    @Test
    @DisplayName("A quota that frees up soon is waited for; a long lock is returned at once")
    void quota() {
        page("getmailinglists", "1", "{\"listkey\":\"3z6\",\"listname\":\"News\"}");
        CampaignsLists lists = new CampaignsLists(standIn.seams);
        for (int i = 0; i < 5; i++) {
            standIn.quota.refusals.add(
                    new ZohoFault.Throttled("soon", Instant.now().plusMillis(30)));
        }

        assertThat(lists.find(standIn.connection, RUN, "News")).isPresent();
        assertThat(standIn.quota.asked).hasSize(6);
        standIn.zoho.verify(1, getRequestedFor(urlPathEqualTo("/api/v1.1/getmailinglists")));

        standIn.quota.refusals.add(new ZohoFault.Throttled("late", Instant.now().plusSeconds(1800)));
        assertThatThrownBy(() -> lists.find(standIn.connection, RUN, "News"))
                .isInstanceOf(ZohoFault.Throttled.class)
                .hasMessage("late");
        assertThat(standIn.quota.asked).hasSize(7);
    }

    @Test
    @DisplayName("A missing list is refused once, with the remedy")
    void listGone() {
        standIn.zoho.stubFor(
                get(urlPathEqualTo("/api/v1.1/listsubscriberscount")).willReturn(error("2501")));

        assertThatThrownBy(
                        () -> new ListMembers(standIn.seams).count(standIn.connection, RUN, "3z", MemberStatus.ACTIVE))
                .isInstanceOf(ZohoFault.Rejected.class)
                .hasMessageContaining("main: ")
                .hasMessageContaining("2501")
                .hasMessageContaining("The mailing list no longer exists");
        standIn.zoho.verify(1, getRequestedFor(urlPathEqualTo("/api/v1.1/listsubscriberscount")));
    }
}
