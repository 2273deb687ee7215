package io.consentbridge.campaigns;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.consentbridge.ZohoStandIn.RUN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import io.consentbridge.campaigns.CampaignWrites.CopiedCampaign;
import io.consentbridge.campaigns.CampaignWrites.NewCampaign;
import io.consentbridge.campaigns.CampaignWrites.SendTime;
import io.consentbridge.zoho.ZohoFault;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Making, copying and sending campaigns: what is asked, and what each answer means. */
class CampaignWritesTest extends CampaignsFixture {

    private static final String CREATE = "/api/v1.1/createCampaign";
    private static final String CLONE = "/api/v1.1/json/clonecampaign";
    private static final String SEND = "/api/v1.1/sendcampaign";

    private final CampaignWrites writes = new CampaignWrites(standIn.seams, new CampaignPermits());

    private CampaignWritten create() {
        return writes.create(
                standIn.connection,
                RUN,
                new NewCampaign(
                        "Spring",
                        "Spring is here",
                        "news@example.com",
                        Optional.of("Example GmbH"),
                        Optional.of("https://example.com/mail"),
                        List.of("3zlist"),
                        Optional.of("7")));
    }

    private CampaignWritten copy() {
        return writes.clone(
                standIn.connection,
                RUN,
                new CopiedCampaign("3z0", "Spring", "Spring is here", Optional.empty(), Optional.of("Example GmbH")));
    }

    private CampaignWritten send() {
        return writes.send(standIn.connection, RUN, "3z1", Optional.empty());
    }

    @Test
    @DisplayName("A campaign is made with its lists and topic, and answers its key")
    void creates() {
        answer(CREATE, okJson("{\"code\":\"200\",\"campaignKey\":\"3z9\",\"message\":\"Campaign created\"}"));

        assertThat(create()).isEqualTo(new CampaignWritten.Done(Optional.of("3z9"), CampaignStatus.UNKNOWN));
        standIn.zoho.verify(
                1,
                postRequestedFor(urlPathEqualTo(CREATE))
                        .withFormParam("campaignname", equalTo("Spring"))
                        .withFormParam("from_email", equalTo("news@example.com"))
                        .withFormParam("from_name", equalTo("Example GmbH"))
                        .withFormParam("content_url", equalTo("https://example.com/mail"))
                        .withFormParam("topicId", equalTo("7"))
                        .withFormParam("list_details", equalToJson("{\"3zlist\":[]}")));
    }

    @Test
    @DisplayName("A copy is made; Zoho does not tell its key, so that it is to be found by its name")
    void copies() {
        answer(
                CLONE,
                okJson("{\"status\":\"success\",\"code\":\"0\",\"campaign_status\":\"Draft\","
                        + "\"campaign-details\":\"[{reply_to=null, campaign_name=Spring}]\"}"));

        assertThat(copy()).isEqualTo(new CampaignWritten.Done(Optional.empty(), CampaignStatus.DRAFT));
        answer(
                CLONE,
                okJson("{\"status\":\"success\",\"code\":\"0\",\"campaign-details\":[{\"campaign_key\":\"3z9\","
                        + "\"campaign_status\":\"Draft\"}]}"));
        assertThat(copy()).isEqualTo(new CampaignWritten.Done(Optional.of("3z9"), CampaignStatus.DRAFT));
        standIn.zoho.verify(2, postRequestedFor(urlPathEqualTo(CLONE)).withFormParam("campaigninfo", equalToJson("""
                        {"campaignname":"Spring","subject":"Spring is here","oldcampaignkey":"3z0",
                         "from_name":"Example GmbH"}""")));
    }

    @Test
    @DisplayName("A campaign is sent now, or Zoho is given the time in the words that it takes")
    void sends() {
        answer(SEND, okJson("{\"response\":{\"code\":\"200\",\"campaign_status\":\"inprogress\"}}"));
        assertThat(send()).isEqualTo(new CampaignWritten.Done(Optional.of("3z1"), CampaignStatus.IN_PROGRESS));

        answer(SEND, okJson("{\"code\":\"200\",\"campaign_status\":\"ScheduledAfterReviewed\"}"));
        SendTime time = new SendTime(LocalDateTime.parse("2026-12-01T21:05"), ZoneId.of("Europe/Berlin"), true);
        assertThat(writes.send(standIn.connection, RUN, "3z1", Optional.of(time)))
                .isEqualTo(new CampaignWritten.Done(Optional.of("3z1"), CampaignStatus.SCHEDULED));
        standIn.zoho.verify(
                1,
                postRequestedFor(urlPathEqualTo(SEND))
                        .withFormParam("isschedule", equalTo("true"))
                        .withFormParam("scheduledate", equalTo("12/01/2026"))
                        .withFormParam("schedulehour", equalTo("9"))
                        .withFormParam("scheduleminute", equalTo("05"))
                        .withFormParam("am_pm", equalTo("pm"))
                        .withFormParam("istimewarp", equalTo("true"))
                        .withFormParam("sendingTZ", equalTo("Europe/Berlin")));
    }

    static Stream<Arguments> lost() {
        return Stream.of(
                Arguments.of("the connection breaks", aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)),
                Arguments.of("the reply is empty", aResponse().withFault(Fault.EMPTY_RESPONSE)),
                Arguments.of("the reply is cut off", aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK)),
                Arguments.of("the server fails", serverError()),
                Arguments.of(
                        "a gateway answers in HTML", aResponse().withStatus(502).withBody("<html>Bad</html>")),
                Arguments.of("Zoho answers 500", error("500")),
                Arguments.of("Zoho answers without a code", okJson("{\"message\":\"Hello\"}")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lost")
    @DisplayName("A lost reply of create, clone or send is unknown, and the call is made once")
    void unknown(String how, ResponseDefinitionBuilder reply) {
        for (String path : List.of(CREATE, CLONE, SEND)) {
            answer(path, reply);
        }
        assertThat(List.of(create(), copy(), send()))
                .as(how)
                .allSatisfy(answer -> assertThat(answer).isInstanceOf(CampaignWritten.Unknown.class));
        for (String path : List.of(CREATE, CLONE, SEND)) {
            standIn.zoho.verify(1, postRequestedFor(urlPathEqualTo(path)));
        }
    }

    @ParameterizedTest(name = "{0} of {1} is {2}")
    @CsvSource({
        "6600, SEND, ALREADY_SENT",
        "6601, SEND, NO_PRIVILEGE",
        "6605, SEND, STATUS_CHANGED",
        "6606, SEND, NO_LISTS",
        "6607, SEND, NO_CONTENT",
        "6608, SEND, RECIPIENTS_CHANGED",
        "6609, SEND, CONTENT_CHANGED",
        "6611, SEND, NOT_REVIEWED",
        "6503, SEND, DELETED",
        "6302, SEND, DELETED",
        "3023, SEND, TOO_FEW_RECIPIENTS",
        "1004, SEND, OTHER",
        "1004, CREATE, CONTENT_URL",
        "3001, CREATE, CONTENT_TOO_LONG",
        "1001, CREATE, PATTERN",
        "903, CREATE, MISSING",
        "6600, CREATE, OTHER",
        "6610, CLONE, SENDER_UNVERIFIED",
        "902, CLONE, NO_ACCOUNT",
        "7001, CLONE, NOT_MADE",
        "9999, CLONE, OTHER"
    })
    @DisplayName("A refusal means what its code means for that method, and says what to do")
    void refusals(String code, String method, CampaignRefusal why) {
        for (String path : List.of(CREATE, CLONE, SEND)) {
            answer(path, error(code));
        }
        CampaignWritten answer = switch (method) {
            case "CREATE" -> create();
            case "CLONE" -> copy();
            default -> send();
        };
        assertThat(answer).isInstanceOfSatisfying(CampaignWritten.Refused.class, refused -> {
            assertThat(refused.code()).isEqualTo(code);
            assertThat(refused.why()).isEqualTo(why);
            assertThat(refused.message()).contains(code, why.wayOut());
        });
    }

    @Test
    @DisplayName("What kept the call from leaving is thrown: a quota, a refused credential, no access token")
    void nothingDone() {
        standIn.quota.refusals.add(new ZohoFault.Throttled(
                "sendcampaign", "no call is left", Instant.now().plusSeconds(900)));
        assertThatThrownBy(this::send).isInstanceOf(ZohoFault.Throttled.class);
        standIn.zoho.verify(0, postRequestedFor(urlPathEqualTo(SEND)));

        answer(SEND, error("1007"));
        assertThatThrownBy(this::send).isInstanceOf(ZohoFault.Credential.class);
        answer(SEND, aResponse().withStatus(429));
        assertThatThrownBy(this::send).isInstanceOf(ZohoFault.Throttled.class);

        standIn.fresh();
        standIn.zoho.stubFor(post(urlPathEqualTo(SEND))
                .willReturn(okJson("{\"code\":\"OAUTH_SCOPE_MISMATCH\",\"message\":\"no\",\"status\":\"error\"}")
                        .withStatus(401)));
        assertThatThrownBy(this::send)
                .isInstanceOf(ZohoFault.Rejected.class)
                .hasMessageContaining("ZohoCampaigns.campaign.UPDATE");
    }
}
