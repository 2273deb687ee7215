package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.ServiceStatus;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The route {@code tick-deliveries} is what delivers, with {@code start} and with commands. */
class DeliveryLoopIT extends BridgeFixture {

    private static final String STEP = "        - to:\n            id: deliver\n";

    @BeforeAll
    static void open() {
        bridge = Bridge.open(10, files -> files.letters("news", "Leads"));
    }

    /** A process that has not begun to work, with a step of its own in the route. */
    @BeforeEach
    void begin() {
        String note =
                "        - to:\n            id: note-tick\n            uri: file:" + ticks() + "?allowNullBody=true\n";
        bridge.files()
                .write(
                        "routes/deliver.camel.yaml",
                        EditedRoutesIT.shipped("deliver").replace(STEP, note + STEP));
        bridge.reopen();
    }

    @Test
    @DisplayName("An edited tick-deliveries applies to a command that carries out a run, also after a reload")
    void edited() {
        bridge.complete("news");
        assertThat(ticks()).isNotEmptyDirectory();

        bridge.files().write("routes/deliver.camel.yaml", EditedRoutesIT.shipped("deliver"));
        bridge.reload();
        bridge.zoho().create("Leads", Bridge.fields("late@c1.example.com", Map.of()));
        assertThat(bridge.complete("news").added()).isEqualTo(1);
    }

    @Test
    @DisplayName(
            "Nothing is delivered before the work begins, during any look, check or reload and with any file content")
    void notBeforeTheWork() {
        bridge.files()
                .write(
                        "routes/deliver.camel.yaml",
                        bridge.files()
                                .read("routes/deliver.camel.yaml")
                                .replace("    autoStartup: false\n", "    autoStartup: true\n"));
        bridge.reload();
        assertThat(bridge.operations().check().problems()).isEmpty();
        bridge.preview("news", false);
        assertThat(status()).isEqualTo(ServiceStatus.Stopped);

        bridge.complete("news");
        assertThat(status()).isEqualTo(ServiceStatus.Started);
    }

    @Test
    @DisplayName("Files without a route tick-deliveries are refused, because nothing would be delivered")
    void missing() {
        bridge.files()
                .write(
                        "routes/deliver.camel.yaml",
                        EditedRoutesIT.shipped("deliver").replace("id: tick-deliveries", "id: own-ticks"));
        assertThat(bridge.operations().reload().problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.text())
                        .contains("no file has the route tick-deliveries, so nothing would be delivered"));
        bridge.complete("news");
    }

    private static ServiceStatus status() {
        return bridge.runtime().context().getRouteController().getRouteStatus("tick-deliveries");
    }

    private static Path ticks() {
        return bridge.files().folder().resolve("ticks");
    }
}
