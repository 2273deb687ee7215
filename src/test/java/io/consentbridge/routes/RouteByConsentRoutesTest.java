package io.consentbridge.routes;

import static org.apache.camel.builder.Builder.constant;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The route of route-by-consent.camel.yaml: each record goes the way of its decision. */
class RouteByConsentRoutesTest extends RouteTest {

    /** Stands in for a record of a page; the route reads only whether it wants evidence. */
    public record Candidate(boolean wantsEvidence) {}

    RouteByConsentRoutesTest() {
        super("routes/route-by-consent.camel.yaml", FAILURES);
    }

    @BeforeEach
    void start() throws Exception {
        mockSteps();
        context.start();
    }

    /** Lets the consent rules make a decision. */
    private void decide(String decision) {
        getMockEndpoint("mock:consentSteps.decide")
                .whenAnyExchangeReceived(exchange -> exchange.setVariable("decision", decision));
    }

    private void send() {
        template.sendBody("direct:route-by-consent", new Candidate(false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"deliver", "deliver-as-expressed"})
    @DisplayName("A record that may be mailed is mapped, its fields are transformed, and a delivery is drafted")
    void deliver(String decision) {
        decide(decision);
        send();
        assertThat(steps())
                .containsExactly(
                        "consentSteps.decide", "contactFields.map", "direct:transform-fields", "consentSteps.deliver");
    }

    @Test
    @DisplayName("A record that asks for consent is mapped, its fields are transformed, and a request is drafted")
    void requestConsent() {
        decide("request-consent");
        send();
        assertThat(steps())
                .containsExactly(
                        "consentSteps.decide",
                        "contactFields.map",
                        "direct:transform-fields",
                        "consentSteps.requestConsent");
    }

    @Test
    @DisplayName("A record that refuses mail is suppressed, and none of its fields is mapped")
    void suppress() {
        decide("suppress");
        send();
        assertThat(steps()).containsExactly("consentSteps.decide", "consentSteps.suppress");
    }

    @ParameterizedTest
    @ValueSource(strings = {"withhold", "ignore", "a-word-of-tomorrow"})
    @DisplayName("A record with any other decision is left out")
    void leaveOut(String decision) {
        decide(decision);
        send();
        assertThat(steps()).containsExactly("consentSteps.decide", "consentSteps.leaveOut");
    }

    @Test
    @DisplayName("The details of a consent are read before the decision, and only where a record wants them")
    void evidence() {
        decide("suppress");
        template.sendBody("direct:route-by-consent", new Candidate(true));
        assertThat(steps())
                .containsExactly("consentSteps.readEvidence", "consentSteps.decide", "consentSteps.suppress");
    }

    @ParameterizedTest
    @ValueSource(strings = {"deliver", "request-consent"})
    @DisplayName("transform-fields gets the mapped fields and changes them; the record stays in the body")
    void fields(String decision) throws Exception {
        decide(decision);
        Map<String, String> mapped = Map.of("Last Name", "doe");
        Map<String, String> changed = Map.of("Last Name", "Doe");
        getMockEndpoint("mock:contactFields.map")
                .whenAnyExchangeReceived(exchange -> exchange.setVariable("fields", mapped));
        MockEndpoint transform = getMockEndpoint("mock:direct:transform-fields");
        transform.expectedBodiesReceived(mapped);
        transform.returnReplyBody(constant(changed));
        String draft = decision.equals("deliver") ? "deliver" : "requestConsent";
        MockEndpoint drafted = getMockEndpoint("mock:consentSteps." + draft);
        drafted.expectedBodiesReceived(new Candidate(false));
        drafted.expectedVariableReceived("fields", changed);

        send();

        MockEndpoint.assertIsSatisfied(context);
    }

    @Test
    @DisplayName("A failing step drafts nothing, and the caller decides on a retry")
    void failure() {
        decide("deliver");
        fail("direct:transform-fields", new IllegalStateException("no lookup"));

        sendAsCaller("route-by-consent", new Candidate(false));

        assertThat(steps())
                .containsExactly(
                        "consentSteps.decide",
                        "contactFields.map",
                        "direct:transform-fields",
                        "consentSteps.decide",
                        "contactFields.map",
                        "direct:transform-fields",
                        "failed");
    }
}
