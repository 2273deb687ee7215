package io.consentbridge.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.decision.ContactFields;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The route transform-fields of the example in docs/extending.md, with the product's own bean contactFields. */
class OwnRoutesTest extends RouteTest {

    OwnRoutesTest() {
        super("docs/examples/extending/routes/transform-fields.camel.yaml", FAILURES);
    }

    @Override
    protected void bindToRegistry(Registry beans) {
        beans.bind("contactFields", new ContactFields(null));
    }

    @BeforeEach
    void start() throws Exception {
        mockSteps("title-first-name", "title-last-name", "set-salutation");
        context.start();
    }

    private Object transformed(Map<String, String> fields) {
        return template.requestBody("direct:transform-fields", fields);
    }

    @Test
    @DisplayName("Names are written in title case, and a salutation is added")
    void titleCase() {
        assertThat(transformed(Map.of("First Name", "JANE", "Last Name", "doe", "City", "Ulm")))
                .isEqualTo(
                        Map.of("First Name", "Jane", "Last Name", "Doe", "City", "Ulm", "Salutation", "Dear Jane Doe"));
    }

    @Test
    @DisplayName("A name that is absent or erased stays so, and no greeting has half a name")
    void halfName() {
        Map<String, String> erased = new HashMap<>(Map.of("Last Name", "Doe"));
        erased.put("First Name", null);
        assertThat(transformed(erased)).isEqualTo(erased);
        assertThat(transformed(Map.of("Last Name", "doe"))).isEqualTo(Map.of("Last Name", "Doe"));
    }
}
