package io.consentbridge.campaigns;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.consentbridge.ZohoStandIn.RUN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.consentbridge.ZohoStandIn;
import io.consentbridge.consent.IgnoreReason;
import io.consentbridge.zoho.Calls;
import io.consentbridge.zoho.ZohoFault;
import io.consentbridge.zoho.ZohoSeams;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CampaignsRoutesTest {

    private static final String SUBSCRIBE = "/api/v1.1/json/listsubscribe";
    private static ZohoStandIn standIn;

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

    /** The token is asked for once in the life of the stand-in, by whichever test comes first. */
    private static Calls tokenCalls() {
        int asked = standIn.zoho
                .findAll(postRequestedFor(urlPathEqualTo("/oauth/v2/token")))
                .size();
        return new Calls(asked, 0, 0);
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

        assertThat(subscribe()).isEqualTo(new ContactReply.Refused(IgnoreReason.GROUP_EMAIL, "2005", false));
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
    @DisplayName("A contact call is sent once, whatever becomes of it, since the delivery route retries and paces")
    void contactCallsAreNotRetried() {
        answer(SUBSCRIBE, aResponse().withStatus(500).withBody("<html>oops</html>"));

        assertThatThrownBy(CampaignsRoutesTest::subscribe).isInstanceOf(ZohoFault.Transient.class);

        standIn.zoho.verify(1, postRequestedFor(urlPathEqualTo(SUBSCRIBE)));
    }

    @Test
    @DisplayName(
            "HTML, XML, a truncated body and a dropped connection are passing faults without anything about a person")
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
            ZohoFault.Transient fault = catchThrowableOfType(ZohoFault.Transient.class, CampaignsRoutesTest::subscribe);
            assertThat(fault).as(reply.build().toString()).isNotNull();
            for (Throwable each = fault; each != null; each = each.getCause()) {
                assertThat(String.valueOf(each.getMessage())).doesNotContain("jane", "token-1");
            }
        }
    }

    @Test
    @DisplayName("An overrun limit locks the method for half an hour, in each of the three ways it may be told")
    void throttled() {
        for (ResponseDefinitionBuilder reply : List.of(
                aResponse().withStatus(429).withBody("slow down"),
                error("2008"),
                aResponse()
                        .withStatus(400)
                        .withBody("{\"error\":{\"message\":\"URL_ROLLING_THROTTLES_LIMIT_EXCEEDED\"}}"))) {
            answer(SUBSCRIBE, reply);
            ZohoFault.Throttled fault = catchThrowableOfType(ZohoFault.Throttled.class, CampaignsRoutesTest::subscribe);
            assertThat(fault.from(Instant.now())).isBetween(Duration.ofMinutes(29), Duration.ofMinutes(30));
        }
    }

    @Test
    @DisplayName("A refused token is replaced once and the call repeated; the capitals of Code and URI do not matter")
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

            ContactReply reply = own.seams.ask("subscribe-contact", own.connection, call(), ContactReply.class);

            assertThat(reply).isEqualTo(new ContactReply.Accepted());
            assertThat(own.counter.drain(RUN)).isEqualTo(new Calls(2, 0, 2));

            own.zoho.stubFor(post(urlPathEqualTo(SUBSCRIBE))
                    .willReturn(aResponse().withStatus(401).withBody(unauthorized)));
            assertThatThrownBy(() -> own.seams.ask("subscribe-contact", own.connection, call(), ContactReply.class))
                    .isInstanceOf(ZohoFault.Credential.class)
                    .hasMessageContaining("main: ")
                    .hasMessageContaining("data centre");
            assertThat(own.counter.drain(RUN))
                    .as("a new token is not replaced again")
                    .isEqualTo(new Calls(0, 0, 1));
        }
    }

    @Test
    @DisplayName("Nothing of the call or of the reply's headers is left in the message: no token, no internal header")
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

    @Test
    @DisplayName("A list is found by name on the second page, with its sign-up form")
    void findsList() {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            rows.append(i == 0 ? "" : ",").append("{\"listkey\":\"k").append(i).append("\",\"listname\":\"n\"}");
        }
        page("getmailinglists", "1", rows.toString());
        page("getmailinglists", "101", "{\"listkey\":\"3z9\",\"listname\":\"Product News\",\"is_public\":\"true\"}");
        CampaignsLists lists = new CampaignsLists(standIn.seams);

        assertThat(lists.find(standIn.connection, RUN, "Product News"))
                .hasValueSatisfying(list -> assertThat(list.key()).isEqualTo("3z9"));
        assertThat(lists.find(standIn.connection, RUN, "Other")).isEmpty();
        assertThat(standIn.quota.asked).containsOnly("main getmailinglists").hasSize(4);
    }

    @Test
    @DisplayName("An organisation without lists has none; that is no fault")
    void noLists() {
        standIn.zoho.stubFor(get(urlPathEqualTo("/api/v1.1/getmailinglists")).willReturn(error("2401")));

        assertThat(new CampaignsLists(standIn.seams).find(standIn.connection, null, "x"))
                .isEmpty();
    }

    @Test
    @DisplayName("Members are read by the rows that came until nothing comes")
    void scansMembers() {
        page("getlistsubscribers", "1", "{\"contact_email\":\"A@example.com\"},{\"contact_email\":\"b@example.com\"}");
        page("getlistsubscribers", "3", "{\"contact_email\":\"c@example.com\"},{\"contact_email\":\"d@example.com\"}");
        standIn.zoho.stubFor(get(urlPathEqualTo("/api/v1.1/getlistsubscribers"))
                .withQueryParam("fromindex", equalTo("5"))
                .willReturn(error("2502")));
        standIn.zoho.stubFor(get(urlPathEqualTo("/api/v1.1/listsubscriberscount"))
                .willReturn(okJson("{\"status\":\"success\",\"code\":\"0\",\"no_of_contacts\":\"4\"}")));
        ListMembers members = new ListMembers(standIn.seams);

        var pages = members.scan(standIn.connection, RUN, "3z1", MemberStatus.UNSUBSCRIBED);

        assertThat(pages.next()).extracting("address").containsExactly("a@example.com", "b@example.com");
        assertThat(pages.next()).hasSize(2);
        assertThat(pages.hasNext()).isFalse();
        assertThat(members.count(standIn.connection, RUN, "3z1", MemberStatus.UNSUBSCRIBED))
                .isEqualTo(4);
    }

    @Test
    @DisplayName("The same page of members twice is a fault, not an endless walk")
    void repeatedPage() {
        standIn.zoho.stubFor(
                get(urlPathEqualTo("/api/v1.1/getlistsubscribers"))
                        .willReturn(
                                okJson(
                                        "{\"status\":\"success\",\"code\":\"0\",\"list_of_details\":[{\"contact_email\":\"a@b.c\"}]}")));
        var pages = new ListMembers(standIn.seams).scan(standIn.connection, RUN, "3z1", MemberStatus.BOUNCED);

        pages.next();
        assertThatThrownBy(pages::hasNext).isInstanceOf(ZohoFault.PageLost.class);
        assertThatThrownBy(pages::hasNext).isInstanceOf(ZohoFault.PageLost.class);
        standIn.zoho.verify(2, getRequestedFor(urlPathEqualTo("/api/v1.1/getlistsubscribers")));
    }

    @Test
    @DisplayName("A list is created with its first member; a name in use leads to the list that has it")
    void createsList() {
        answer("/api/v1.1/addlistandcontacts", okJson("{\"status\":\"success\",\"code\":\"0\",\"listkey\":\"3z5\"}"));
        CampaignsLists lists = new CampaignsLists(standIn.seams);
        var form = io.consentbridge.consent.SignupForm.PRIVATE;

        assertThat(lists.create(standIn.connection, RUN, "News", form, "a@b.c").key())
                .isEqualTo("3z5");
        standIn.zoho.verify(postRequestedFor(urlPathEqualTo("/api/v1.1/addlistandcontacts"))
                .withFormParam("signupform", equalTo("private"))
                .withFormParam("mode", equalTo("newlist"))
                .withFormParam("emailids", equalTo("a@b.c")));

        answer("/api/v1.1/addlistandcontacts", error("2205"));
        page("getmailinglists", "1", "{\"listkey\":\"3z6\",\"listname\":\"News\"}");
        assertThat(lists.create(standIn.connection, RUN, "News", form, "a@b.c").key())
                .isEqualTo("3z6");
    }

    @Test
    @DisplayName(
            "B114: topics are found by name, missing ones are named, and an hour passes before they are read again")
    void topics() {
        standIn.zoho.stubFor(get(urlPathEqualTo("/api/v1.1/topics"))
                .withQueryParam("details", equalTo("{\"from_index\":0,\"range\":100}"))
                .willReturn(okJson(
                        "{\"topicDetails\":[{\"topicId\":\"71\",\"topicName\":\"Product news\"}],\"code\":\"200\"}")));
        Topics topics = new Topics(standIn.seams, standIn.clock);

        assertThat(topics.find(standIn.connection, RUN, List.of("product News ", "Offers")))
                .isEqualTo(new TopicIds(List.of("71"), List.of("Offers")));
        topics.find(standIn.connection, RUN, List.of("Product news"));
        standIn.zoho.verify(1, getRequestedFor(urlPathEqualTo("/api/v1.1/topics")));
    }

    @Test
    @DisplayName("B36: contact fields are listed by display name, and missing ones are created")
    void fields() {
        standIn.zoho.stubFor(get(urlPathEqualTo("/api/v1.1/contact/allfields"))
                .withQueryParam("type", equalTo("json"))
                .willReturn(okJson("{\"response\":{\"fieldnames\":{\"fieldname\":[{\"DISPLAY_NAME\":\"Contact Email\"},"
                        + "{\"DISPLAY_NAME\":\"Industry\"}]}}}")));
        answer("/api/v1.1/custom/add", okJson("{\"response\":{\"message\":\"Success\",\"code\":\"200\"}}"));
        CampaignsFields fields = new CampaignsFields(standIn.seams);

        assertThat(fields.names(standIn.connection, RUN)).containsExactly("Contact Email", "Industry");
        fields.create(standIn.connection, RUN, "Budget", "Decimal");
        standIn.zoho.verify(postRequestedFor(urlPathEqualTo("/api/v1.1/custom/add"))
                .withFormParam("fieldname", equalTo("Budget"))
                .withFormParam("fieldtype", equalTo("Decimal")));
    }

    @Test
    @DisplayName("A quota that is free again soon is waited for; a long lock is given back at once")
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
    @DisplayName("A list that is gone is refused once, with the way out")
    void listGone() {
        standIn.zoho.stubFor(
                get(urlPathEqualTo("/api/v1.1/listsubscriberscount")).willReturn(error("2501")));

        assertThatThrownBy(
                        () -> new ListMembers(standIn.seams).count(standIn.connection, RUN, "3z", MemberStatus.ACTIVE))
                .isInstanceOf(ZohoFault.Rejected.class)
                .hasMessageContaining("main: ")
                .hasMessageContaining("2501")
                .hasMessageContaining("the mailing list is gone");
        standIn.zoho.verify(1, getRequestedFor(urlPathEqualTo("/api/v1.1/listsubscriberscount")));
    }

    private static ContactReply subscribe() {
        return ask("subscribe-contact");
    }

    private static ContactReply ask(String seam) {
        return standIn.seams.ask(seam, standIn.connection, call(), ContactReply.class);
    }

    private static ContactCall call() {
        Map<String, String> info = new LinkedHashMap<>();
        info.put("Contact Email", "jane+x@example.com");
        info.put("Last Name", "D'Oe & \"Söhne\"");
        return new ContactCall(RUN, "3z1", info, List.of("7", "8"), "CRM");
    }

    private static void answer(String path, ResponseDefinitionBuilder reply) {
        standIn.zoho.stubFor(post(urlPathEqualTo(path)).willReturn(reply));
    }

    private static void page(String method, String from, String rows) {
        standIn.zoho.stubFor(get(urlPathEqualTo("/api/v1.1/" + method))
                .withQueryParam("fromindex", equalTo(from))
                .willReturn(okJson("{\"status\":\"success\",\"code\":\"0\",\"list_of_details\":[" + rows + "]}")));
    }

    private static ResponseDefinitionBuilder error(String code) {
        return okJson("{\"status\":\"error\",\"code\":\"" + code + "\",\"message\":\"No.\",\"version\":\"1.1\"}");
    }
}
