package io.consentbridge.zoho;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.consentbridge.ZohoStandIn.RUN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.consentbridge.ZohoStandIn;
import io.consentbridge.campaigns.ContactAnswer;
import io.consentbridge.campaigns.ContactCall;
import io.consentbridge.campaigns.ListMembers;
import io.consentbridge.campaigns.MemberStatus;
import io.consentbridge.consent.ConsentBreach;
import io.consentbridge.crm.CrmReader;
import io.consentbridge.crm.CrmRecord;
import io.consentbridge.crm.ReadRequest;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.builder.AdviceWithRouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The steps of the routes that check a reply, read its JSON, and make JSON of what is asked. */
@Timeout(60)
class JsonStepsTest {

    private static final String COQL = "/crm/v8/coql";
    private static final String PAGE =
            "{\"data\":[{\"id\":4876876000000624001,\"Modified_Time\":\"2026-05-01T10:00:00+02:00\","
                    + "\"Email\":\"jane@example.com\",\"Revenue\":12345678901234567.89}],\"info\":{\"more_records\":false}}";

    private ZohoStandIn standIn;

    @BeforeEach
    void start() {
        standIn = new ZohoStandIn().fresh();
    }

    @AfterEach
    void stop() {
        standIn.close();
    }

    private void answer(ResponseDefinitionBuilder reply) {
        standIn.zoho.stubFor(any(anyUrl()).atPriority(9).willReturn(reply));
    }

    private List<CrmRecord> records() {
        ReadRequest order = new ReadRequest(standIn.connection, RUN, "Leads", List.of("Email", "Revenue"), null, null);
        return new CrmReader(standIn.seams).pages(order).next().records();
    }

    private Object subscribe() {
        ContactCall call = new ContactCall(RUN, "3z1", Map.of("Contact Email", "jane@example.com"), List.of(), null);
        return standIn.seams.ask("subscribe-contact", standIn.connection, call, ContactAnswer.class);
    }

    private void advise(String route, AdviceStep step) {
        CamelContext context = standIn.main.getCamelContext();
        try {
            AdviceWith.adviceWith(context, route, step::add);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private interface AdviceStep {
        void add(AdviceWithRouteBuilder route) throws Exception;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html><body>jane@example.com</body></html>",
                "  <?xml version='1.0'?><response/>",
                "",
                "[]",
                "{\"data\":[{\"Email\":\"jane@example.com\"",
                "{\"code\":\"0\",\"code\":\"0\"}",
                "{\"code\":\"0\"}{}",
                "{\"data\":jane@example.com}"
            })
    @DisplayName(
            "HTML, XML, an empty body and JSON that is truncated or repeats a name are a fault of Zoho, and nothing is quoted")
    void unreadable(String body) {
        answer(aResponse().withBody(body));

        for (ZohoFault fault : List.of(
                catchThrowableOfType(ZohoFault.Transient.class, this::records),
                catchThrowableOfType(ZohoFault.Transient.class, this::subscribe))) {
            assertThat(fault)
                    .hasNoCause()
                    .hasMessageMatching("main: Zoho (CRM|Campaigns) answered 200 with something other than JSON");
        }
    }

    @Test
    @DisplayName("JSON is read from UTF-8 alone, with or without a byte order mark")
    void encodings() {
        answer(aResponse().withBody(("\uFEFF " + PAGE).getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        assertThat(records()).hasSize(1);

        answer(aResponse().withBody(PAGE.getBytes(java.nio.charset.StandardCharsets.UTF_16LE)));
        assertThatThrownBy(this::records).isInstanceOf(ZohoFault.Transient.class);
    }

    @Test
    @DisplayName(
            "The status is evaluated before the JSON is read: 204 is no records, 429 of Campaigns a lock, for any body")
    void statusFirst() {
        answer(aResponse().withStatus(204));
        assertThat(records()).isEmpty();

        answer(aResponse().withStatus(429).withBody("<html>"));
        assertThatThrownBy(this::subscribe).isInstanceOf(ZohoFault.Throttled.class);
        assertThatThrownBy(
                        () -> new ListMembers(standIn.seams).count(standIn.connection, RUN, "3z1", MemberStatus.ACTIVE))
                .isInstanceOf(ZohoFault.Throttled.class);
        answer(aResponse().withStatus(503).withBody("{\"code\":"));
        assertThatThrownBy(this::records)
                .isInstanceOf(ZohoFault.Transient.class)
                .hasMessageContaining("503");
    }

    @Test
    @DisplayName("Ids and decimals of a record are exact, also when they are numbers")
    void exact() {
        answer(okJson(PAGE));

        CrmRecord record = records().get(0);

        assertThat(record.id()).isEqualTo("4876876000000624001");
        assertThat(record.values()).containsEntry("Revenue", new BigDecimal("12345678901234567.89"));
    }

    @Test
    @DisplayName("A query is a Map before the step that converts it to JSON")
    void query() {
        answer(okJson(PAGE));
        String[] seen = new String[1];
        advise(
                "call-crm",
                route -> route.weaveById("marshal-crm-call")
                        .before()
                        .process(exchange -> seen[0] = exchange.getMessage()
                                .getBody(Map.class)
                                .get("select_query")
                                .toString()));

        records();

        assertThat(seen[0]).startsWith("select id, Modified_Time, Email, Revenue from Leads");
        standIn.zoho.verify(postRequestedFor(urlPathEqualTo(COQL))
                .withRequestBody(matchingJsonPath("$.select_query", equalTo(seen[0]))));
    }

    @Nested
    class StepsOfIntegrators {

        @Test
        @DisplayName("A step between unmarshal and reader reads fields of the reply")
        void reads() {
            answer(okJson(PAGE));
            advise(
                    "call-crm",
                    route -> route.weaveById("read-crm-reply")
                            .before()
                            .setVariable("global:seen", route.simple("${body[data][0][Email]}")));

            assertThat(records()).hasSize(1);

            assertThat(standIn.main.getCamelContext().getVariable("global:seen"))
                    .isEqualTo("jane@example.com");
        }

        @Test
        @DisplayName("A step between unmarshal and reader can neither change nor replace what Zoho replied")
        void changes() {
            answer(okJson(PAGE));
            advise(
                    "call-crm",
                    route -> route.weaveById("read-crm-reply").before().process(exchange -> {
                        Map<?, ?> json = exchange.getMessage().getBody(Map.class);
                        exchange.getMessage().setBody(new HashMap<>(json));
                    }));
            assertThatThrownBy(JsonStepsTest.this::records)
                    .isInstanceOf(ConsentBreach.class)
                    .hasMessageContaining("a reply of Zoho is not read as Zoho gave it");

            advise(
                    "call-campaigns",
                    route -> route.weaveById("campaigns-reply-with-json")
                            .after()
                            .setBody(route.constant(Map.of("status", "success", "code", "0"))));
            assertThatThrownBy(JsonStepsTest.this::subscribe).isInstanceOf(ConsentBreach.class);
        }

        @ParameterizedTest
        @ValueSource(strings = {"crm-call-with-json", "check-crm-http-reply", "crm-reply-with-json", "send-crm-call"})
        @DisplayName("A reply is not read when a step before its reader is missing")
        void leftOut(String step) {
            answer(okJson(PAGE));
            advise("call-crm", route -> route.weaveById(step).remove());

            assertThatThrownBy(JsonStepsTest.this::records).isInstanceOf(RuntimeException.class);
        }

        @ParameterizedTest
        @ValueSource(strings = {"check-crm-http-reply", "crm-reply-with-json"})
        @DisplayName("A step that checks or reads a reply may appear twice")
        void twice(String step) {
            answer(okJson(PAGE));
            advise("call-crm", route -> {
                if (step.startsWith("check")) {
                    route.weaveById(step)
                            .after()
                            .process(exchange -> ((org.apache.camel.Processor)
                                            exchange.getContext().getRegistry().lookupByName("crmReplyCheck"))
                                    .process(exchange));
                } else {
                    route.weaveById("unmarshal-crm-reply").before().log("${body}");
                }
            });

            assertThat(records()).hasSize(1);
        }

        @Test
        @DisplayName("An endpoint that replaces Zoho's gets a Map and answers with one")
        void endpoint() {
            advise("call-crm", route -> {
                route.weaveById("crm-call-with-json").remove();
                route.weaveById("send-crm-call").replace().to("direct:own-crm");
            });
            Map<String, Object> row = new HashMap<>(
                    Map.of("id", "1", "Modified_Time", "2026-05-01T10:00:00+02:00", "Email", "own@example.com"));
            Map<String, Object> page = Map.of("data", List.of(row), "info", Map.of("more_records", false));
            own("direct:own-crm", page);

            assertThat(records().get(0).text("Email")).isEqualTo("own@example.com");
            standIn.zoho.verify(0, postRequestedFor(urlPathEqualTo(COQL)));
        }

        @Test
        @DisplayName("An endpoint that replaces Zoho's may answer with JSON too, and anything else is a fault")
        void endpointWithJson() {
            advise(
                    "call-crm",
                    route -> route.weaveById("send-crm-call").replace().to("direct:own-crm"));
            own("direct:own-crm", PAGE);
            assertThat(records().get(0).text("Email")).isEqualTo("jane@example.com");
        }

        @Test
        @DisplayName("Only Zoho's reply shows that a person was subscribed")
        void contact() {
            advise(
                    "call-campaigns",
                    route -> route.weaveById("send-campaigns-call").replace().to("direct:own-campaigns"));
            own("direct:own-campaigns", Map.of("status", "success", "code", "0"));

            assertThatThrownBy(JsonStepsTest.this::subscribe)
                    .isInstanceOf(ConsentBreach.class)
                    .hasMessageContaining("though the call did not leave");
        }

        private void own(String uri, Object reply) {
            try {
                standIn.main.getCamelContext().addRoutes(new org.apache.camel.builder.RouteBuilder() {
                    @Override
                    public void configure() {
                        errorHandler(noErrorHandler());
                        from(uri).setBody(constant(reply));
                    }
                });
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    @DisplayName("The data of a person are a Map, then JSON, then a field of the form")
    void contactInfo() {
        standIn.zoho.stubFor(post(urlPathEqualTo("/api/v1.1/json/listsubscribe"))
                .willReturn(okJson("{\"status\":\"success\",\"code\":\"0\"}")));
        String[] seen = new String[2];
        advise(
                "subscribe-contact",
                route -> route.weaveById("subscribe-contact-json")
                        .before()
                        .process(exchange -> seen[0] =
                                exchange.getMessage().getBody(Map.class).toString()));
        advise(
                "subscribe-contact",
                route -> route.weaveById("subscribe-contact-form")
                        .before()
                        .process(exchange -> seen[1] = exchange.getMessage().getBody(String.class)));

        subscribe();

        assertThat(seen)
                .containsExactly("{Contact Email=jane@example.com}", "{\"Contact Email\":\"jane@example.com\"}");
        assertThat(standIn.zoho.getAllServeEvents().get(0).getRequest().getBodyAsString())
                .isEqualTo(
                        "resfmt=JSON&listkey=3z1&contactinfo=%7B%22Contact%20Email%22%3A%22jane%40example.com%22%7D");
    }
}
