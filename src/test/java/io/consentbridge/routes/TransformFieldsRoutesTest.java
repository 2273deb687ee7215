package io.consentbridge.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.camel.builder.AdviceWith;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The route of transform-fields.camel.yaml, to which integrators add steps. */
class TransformFieldsRoutesTest extends RouteTest {

    private static final Map<String, String> MAPPED = Map.of("Last Name", "Doe", "City", "Ulm");

    TransformFieldsRoutesTest() {
        super("routes/transform-fields.camel.yaml", FAILURES);
    }

    @BeforeEach
    void mocks() throws Exception {
        mockSteps();
    }

    @Test
    @DisplayName("The route as it ships leaves the fields as the mapping filled them")
    void unchanged() {
        context.start();
        assertThat(template.requestBody("direct:transform-fields", MAPPED)).isSameAs(MAPPED);
    }

    @Test
    @DisplayName("The caller gets the result of a further step")
    void changed() throws Exception {
        Map<String, String> changed = Map.of("Last Name", "Doe");
        AdviceWith.adviceWith(
                context,
                "transform-fields",
                false,
                route -> route.weaveById("log-fields").after().setBody().constant(changed));
        context.start();
        assertThat(template.requestBody("direct:transform-fields", MAPPED)).isEqualTo(changed);
    }

    @Test
    @DisplayName("A failing further step is left to the caller")
    void failure() throws Exception {
        AdviceWith.adviceWith(
                context,
                "transform-fields",
                false,
                route -> route.weaveAddLast().to("mock:lookup"));
        context.start();
        fail("lookup", new IllegalStateException("no lookup"));

        sendAsCaller("transform-fields", MAPPED);

        assertThat(steps()).containsExactly("lookup", "lookup", "failed");
    }
}
