package io.consentbridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the route configuration {@code leave-failures-to-caller} of {@code routes/failures.camel.yaml} does with a failure. */
class FailuresToCallerTest {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final String CALLED = """
            - route:
                id: called-route
                %s
                from:
                  uri: direct:called
                  steps:
                    - process:
                        ref: failing
            """;
    private static final String CALLER = """
            - route:
                id: calling-route
                errorHandler:
                  deadLetterChannel:
                    deadLetterUri: direct:parked
                    redeliveryPolicy:
                      maximumRedeliveries: 2
                      redeliveryDelay: "1"
                from:
                  uri: direct:caller
                  steps:
                    - to: direct:called
            - route:
                id: parking-route
                from:
                  uri: direct:parked
                  steps:
                    - process:
                        ref: parked
            """;

    private final AtomicInteger tries = new AtomicInteger();
    private final AtomicInteger parked = new AtomicInteger();

    private Exchange sent(String called, String to) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.getRegistry().bind("failing", (org.apache.camel.Processor) exchange -> {
                tries.incrementAndGet();
                throw new IllegalStateException("of the called route");
            });
            context.getRegistry().bind("parked", (org.apache.camel.Processor) exchange -> parked.incrementAndGet());
            PluginHelper.getRoutesLoader(context)
                    .loadRoutes(
                            ResourceHelper.fromString("configuration.yaml", shipped()),
                            ResourceHelper.fromString("called.yaml", CALLED.formatted(called)),
                            ResourceHelper.fromString("caller.yaml", CALLER));
            context.start();
            return context.createProducerTemplate()
                    .send(to, exchange -> exchange.getMessage().setBody("anything"));
        }
    }

    /** The configuration as it ships. */
    private static String shipped() throws Exception {
        for (JsonNode element :
                YAML.readTree(Path.of("routes/failures.camel.yaml").toFile())) {
            if (element.path("routeConfiguration").path("id").asText().equals("leave-failures-to-caller")) {
                return YAML.writeValueAsString(YAML.createArrayNode().add(element));
            }
        }
        throw new AssertionError("failures.camel.yaml has no leave-failures-to-caller");
    }

    @Test
    @DisplayName("A failure reaches the caller unchanged, once, and not marked as handled or exhausted")
    void passes() throws Exception {
        Exchange exchange = sent("routeConfigurationId: leave-failures-to-caller", "direct:called");
        assertThat(exchange.getException())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("of the called route");
        assertThat(exchange.getExchangeExtension().isRedeliveryExhausted()).isFalse();
        assertThat(exchange.getExchangeExtension().isErrorHandlerHandledSet()).isFalse();
        assertThat(tries).hasValue(1);
    }

    @Test
    @DisplayName("The handler of the calling route retries the whole call and parks it")
    void callerIsResponsible() throws Exception {
        Exchange exchange = sent("routeConfigurationId: leave-failures-to-caller", "direct:caller");
        assertThat(exchange.getException()).isNull();
        assertThat(tries).hasValue(3);
        assertThat(parked).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"description: It names none.", "routeConfigurationId: not-there"})
    @DisplayName("Camel's own handler applies without a route configuration: nothing is retried and nothing is parked")
    void without(String called) throws Exception {
        Exchange exchange = sent(called, "direct:caller");
        assertThat(exchange.getException()).isInstanceOf(IllegalStateException.class);
        assertThat(tries).hasValue(1);
        assertThat(parked).hasValue(0);
    }
}
