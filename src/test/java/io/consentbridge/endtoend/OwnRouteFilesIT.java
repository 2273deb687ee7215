package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.api.Problem;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Route files of an integrator: what is loaded, and what is not and must be told. */
class OwnRouteFilesIT extends BridgeFixture {

    private static final String TEMPLATE = """
            - routeTemplate:
                id: own-entity
                parameters:
                  - name: entity
                from:
                  uri: direct:own-{{entity}}
                  steps:
                    - to:
                        uri: log:own
            """;
    private static final String MADE = """
            - templatedRoute:
                routeTemplateRef: own-entity
                routeId: own-orders
                parameters:
                  - name: entity
                    value: orders
            """;

    @BeforeAll
    static void open() {
        // The file that makes a route comes before the one with its template.
        bridge = Bridge.open(
                10,
                files -> files.letters("news", "Leads")
                        .write("routes/a-made.camel.yaml", MADE)
                        .write("routes/b-template.camel.yaml", TEMPLATE));
    }

    @Test
    @DisplayName("A route that a route file creates from a template starts, also after a reload")
    void templated() {
        assertThat(bridge.runtime().context().getRoute("own-orders")).isNotNull();

        bridge.files().write("routes/b-template.camel.yaml", TEMPLATE.replace("log:own", "log:changed"));
        bridge.reload();

        assertThat(bridge.runtime().context().getRoute("own-orders")).isNotNull();
        bridge.complete("news");
    }

    @Test
    @DisplayName("check reports a route file that its ending keeps from loading, with the right name")
    void otherEndings() {
        bridge.files()
                .write("routes/c.yaml", TEMPLATE)
                .write("routes/d.camel.yaml.txt", TEMPLATE)
                .write("routes/e.camel.YAML", TEMPLATE)
                .write("routes/f.xml", "<routes/>")
                .write("routes/g.kamelet.yaml", "kind: Kamelet")
                .write("routes/notes.txt", "Mine.");

        assertThat(bridge.operations().check().problems())
                .extracting(Problem::message)
                .filteredOn(message -> message.contains("is not loaded"))
                .hasSize(4)
                .anyMatch(message -> message.contains("Rename it to c.camel.yaml"))
                .anyMatch(message -> message.contains("Rename it to d.camel.yaml"))
                .anyMatch(message -> message.contains("Rename it to e.camel.yaml"))
                .anyMatch(message -> message.contains("Write its routes into a file"));
        bridge.reload();
    }
}
