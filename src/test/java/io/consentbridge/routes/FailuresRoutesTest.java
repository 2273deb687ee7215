package io.consentbridge.routes;

import static org.apache.camel.builder.Builder.constant;
import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.consent.ConsentBreach;
import io.consentbridge.zoho.ZohoFault;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.RedeliveryPolicyDefinition;
import org.apache.camel.model.errorhandler.DefaultErrorHandlerDefinition;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The error handlers and routes of failures.camel.yaml. Each handler gets a small route of its own to look after. */
class FailuresRoutesTest extends RouteTest {

    private static final Exception OUTAGE = new ZohoFault.Transient("Campaigns answers with HTTP status 502", null);
    private static final Exception LOCK = new ZohoFault.Throttled("Campaigns is locked", Instant.EPOCH);
    private static final Exception REFUSAL = new ZohoFault.Rejected("2007", "Campaigns refuses the contact");
    private static final Exception MISTAKE = new IllegalStateException("no such field");

    private final Patience patience = new Patience();

    FailuresRoutesTest() {
        super(FAILURES);
    }

    @Override
    protected void bindToRegistry(Registry beans) {
        beans.bind("disturbances", (Processor) exchange -> note("disturbances"));
        beans.bind("retries", (Processor) exchange -> note("retries"));
        beans.bind("patience", patience);
    }

    @BeforeEach
    void start() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                for (String handler : List.of(
                        "report-run-failure",
                        "report-delivery-failure",
                        "report-tick-failure",
                        "retry-then-park",
                        "retry-then-throw",
                        "leave-failures-to-caller")) {
                    from("direct:with-" + handler)
                            .routeId("with-" + handler)
                            .routeConfigurationId(handler)
                            .to("mock:work");
                }
            }
        });
        mockSteps();
        context.start();
    }

    /** How a route with the handler ends when its work fails. */
    private Exchange failing(String handler, Exception failure) {
        fail("work", failure);
        return template.send("direct:with-" + handler, exchange -> {});
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "report-run-failure, direct:fail-run",
        "report-delivery-failure, deliveries.interrupted",
        "report-tick-failure, runFlow.tickFailed"
    })
    @DisplayName("A failure is reported once, without a retry, and the caller continues")
    void reported(String handler, String report) {
        assertThat(failing(handler, OUTAGE).getException()).isNull();
        assertThat(steps()).containsExactly("work", report);
    }

    @Test
    @DisplayName(
            "retry-then-park retries a disturbed delivery, notes each disturbance, and parks it after the last attempt")
    void parkedAfterRetries() {
        assertThat(failing("retry-then-park", OUTAGE).getException()).isNull();
        assertThat(steps())
                .containsExactly(
                        "work", "disturbances", "work", "disturbances", "work", "disturbances", "direct:park-delivery");
    }

    static Stream<Exception> hopeless() {
        return Stream.of(REFUSAL, LOCK, MISTAKE, new ZohoFault.Credential("no token"));
    }

    @ParameterizedTest
    @MethodSource("hopeless")
    @DisplayName("retry-then-park parks a permanent failure at once")
    void parkedAtOnce(Exception failure) {
        assertThat(failing("retry-then-park", failure).getException()).isNull();
        assertThat(steps()).containsExactly("work", "direct:park-delivery");
    }

    static Stream<Exception> passing() {
        return Stream.of(OUTAGE, MISTAKE);
    }

    @ParameterizedTest
    @MethodSource("passing")
    @DisplayName("retry-then-throw retries a transient failure, says so each time, and then throws it")
    void thrownAfterRetries(Exception failure) {
        assertThat(failing("retry-then-throw", failure).getException()).isSameAs(failure);
        assertThat(steps()).containsExactly("work", "retries", "work", "retries", "work");
    }

    static Stream<Exception> lasting() {
        return Stream.of(
                new ZohoFault.Credential("no token"),
                REFUSAL,
                new ZohoFault.PageLost("the page is gone"),
                new ConsentBreach("an edited call"));
    }

    @ParameterizedTest
    @MethodSource("lasting")
    @DisplayName("retry-then-throw throws a permanent failure at once")
    void thrownAtOnce(Exception failure) {
        assertThat(failing("retry-then-throw", failure).getException()).isSameAs(failure);
        assertThat(steps()).containsExactly("work");
    }

    @Test
    @DisplayName("retry-then-throw waits for a lock within the patience, any number of times, and then throws it")
    void waited() {
        patience.waits = 5;
        assertThat(failing("retry-then-throw", LOCK).getException()).isSameAs(LOCK);
        assertThat(steps()).filteredOn("work"::equals).hasSize(6);
        assertThat(steps()).filteredOn("patience"::equals).hasSize(6);
    }

    @Test
    @DisplayName("Pauses before a further try are the settings retry: they begin short, grow, are bounded, and vary")
    void pauses() {
        RedeliveryPolicyDefinition parking = context.getRouteConfigurationDefinition("retry-then-park")
                .getOnExceptions()
                .get(0)
                .getRedeliveryPolicyType();
        DefaultErrorHandlerDefinition throwing =
                (DefaultErrorHandlerDefinition) context.getRouteConfigurationDefinition("retry-then-throw")
                        .getErrorHandler()
                        .getErrorHandlerType();
        growing(parking, "{{retry.multiplier}}");
        growing(throwing.getRedeliveryPolicy(), "{{retry.multiplier.reading}}");
    }

    private static void growing(RedeliveryPolicyDefinition policy, String multiplier) {
        assertThat(policy.getRedeliveryDelay()).isEqualTo("{{retry.delay}}");
        assertThat(policy.getMaximumRedeliveryDelay()).isEqualTo("{{retry.delay.most}}");
        assertThat(policy.getUseExponentialBackOff()).isEqualTo("true");
        assertThat(policy.getBackOffMultiplier()).isEqualTo(multiplier);
        assertThat(policy.getUseCollisionAvoidance()).isEqualTo("true");
        assertThat(policy.getCollisionAvoidanceFactor()).isEqualTo("{{retry.jitter}}");
    }

    @Test
    @DisplayName("leave-failures-to-caller leaves retries to the caller")
    void left() {
        fail("work", OUTAGE);
        sendAsCaller("with-leave-failures-to-caller", "call");
        assertThat(steps()).containsExactly("work", "work", "failed");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"fail-run, runFlow.fail", "park-delivery, deliveries.park"})
    @DisplayName(
            "Reporting and parking are one step each; the step's answer is the answer, and the caller handles its failure")
    void last(String seam, String step) {
        getMockEndpoint("mock:" + step).returnReplyBody(constant("done"));
        assertThat(template.requestBody("direct:" + seam, "failed")).isEqualTo("done");

        fail(step, MISTAKE);
        sendAsCaller(seam, "failed");
        assertThat(steps()).containsExactly(step, /* and of the caller */ step, step, "failed");
    }

    /** Stands in for the bean patience, which waits for a lock a few times. */
    public final class Patience implements Processor {

        private int waits;

        @Override
        public void process(Exchange exchange) {
            note("patience");
            // The product's bean has waited here; Camel need not.
            exchange.getMessage().setHeader(Exchange.REDELIVERY_DELAY, 1L);
        }

        public boolean waits() {
            return waits-- > 0;
        }
    }
}
