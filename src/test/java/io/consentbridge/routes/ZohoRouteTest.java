package io.consentbridge.routes;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static com.github.tomakehurst.wiremock.stubbing.Scenario.STARTED;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.matching.RequestPatternBuilder;
import io.consentbridge.ZohoStandIn;
import io.consentbridge.campaigns.CampaignsBeans;
import io.consentbridge.crm.CrmBeans;
import io.consentbridge.zoho.AccessTokens;
import io.consentbridge.zoho.CallCounter;
import io.consentbridge.zoho.CallListener;
import io.consentbridge.zoho.CallStop;
import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.Patience;
import io.consentbridge.zoho.ZohoBeans;
import io.consentbridge.zoho.ZohoCalls;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A test of routes that call Zoho, with the product's own beans for requests and replies, and WireMock as Zoho. */
abstract class ZohoRouteTest extends RouteTest {

    @RegisterExtension
    static final WireMockExtension ZOHO =
            WireMockExtension.newInstance().options(options().dynamicPort()).build();

    private Connection connection;

    ZohoRouteTest(String file) {
        super(file, FAILURES);
    }

    @Override
    protected void bindToRegistry(Registry beans) {
        Clock clock = Clock.systemUTC();
        CallCounter counter = new CallCounter(CallListener.NONE);
        AccessTokens tokens = new AccessTokens(new ZohoStandIn.MemoryTokens(), counter, clock, List.of(Duration.ZERO));
        connection = ZohoStandIn.connection("main", ZOHO.baseUrl());
        ZohoBeans.bind(
                beans,
                new ZohoCalls(name -> connection, tokens, counter),
                new Patience(Duration.ofSeconds(10), clock, new CallStop()));
        CrmBeans.bind(beans, tokens, clock);
        CampaignsBeans.bind(beans, clock, (name, method, until, because) -> {});
        beans.bind("runFlow", new ZohoStandIn.Bystander());
        beans.bind("deliveries", new ZohoStandIn.Bystander());
    }

    @BeforeEach
    void tokens() {
        ZOHO.stubFor(post(urlPathEqualTo("/oauth/v2/token"))
                .willReturn(okJson("{\"access_token\":\"token-1\",\"expires_in\":3600}")));
    }

    /** Lets Zoho answer every call. */
    static void answer(ResponseDefinitionBuilder reply) {
        ZOHO.stubFor(any(anyUrl()).atPriority(10).willReturn(reply));
    }

    /** Lets Zoho answer the first call, and all that follow in another way. */
    static void answer(ResponseDefinitionBuilder first, ResponseDefinitionBuilder then) {
        ZOHO.stubFor(any(anyUrl())
                .atPriority(10)
                .inScenario("first")
                .whenScenarioStateIs(STARTED)
                .willReturn(first)
                .willSetStateTo("then"));
        ZOHO.stubFor(any(anyUrl())
                .atPriority(10)
                .inScenario("first")
                .whenScenarioStateIs("then")
                .willReturn(then));
    }

    /** How many calls other than for a token Zoho has got. */
    static int calls() {
        return ZOHO.findAll(RequestPatternBuilder.newRequestPattern()).size()
                - ZOHO.findAll(RequestPatternBuilder.newRequestPattern().withUrl("/oauth/v2/token"))
                        .size();
    }

    /** What becomes of a question to a seam. */
    Exchange ask(String seam, Object question) {
        return template.request("direct:" + seam, exchange -> {
            exchange.setVariable("connection", connection);
            exchange.getMessage().setBody(question);
        });
    }

    /** Like {@link #ask}, from a route that tries twice what fails. */
    void askAsCaller(String seam, Object question) {
        template.send("direct:caller", exchange -> {
            exchange.setVariable("connection", connection);
            exchange.getMessage().setHeader("seam", seam);
            exchange.getMessage().setBody(question);
        });
    }

    /** Puts {@code mock:gateway} in the place of the call over HTTP, as a company with a gateway of its own might. */
    void callGateway(String route, String step) throws Exception {
        AdviceWith.adviceWith(
                context,
                route,
                false,
                advice -> advice.weaveById(step).replace().to("mock:gateway"));
    }
}
