package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.consentbridge.api.Problem;
import io.consentbridge.api.ReloadView;
import io.consentbridge.api.SyncSource;
import io.consentbridge.lifecycle.ConnectionSweep;
import io.consentbridge.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Changed files are taken over while the runtime runs; what is broken is refused, and the last good ones go on. */
class ReloadIT extends BridgeFixture {

    private static final String DELIVER = "routes/deliver.camel.yaml";
    private static final String EXTRA = "routes/extra.camel.yaml";

    @BeforeAll
    static void open() {
        bridge = Bridge.open(10, files -> files.letters("news", "Leads"));
    }

    @Test
    @DisplayName("reload applies a changed purpose and a new sync")
    void takesOverPurposesAndSyncs() {
        bridge.files().purpose("news", "list: Other News").letters("more", "Contacts");

        ReloadView result = bridge.operations().reload();

        assertThat(result.changes()).contains("purpose news: changed", "purpose more: added", "sync more: added");
        String email = bridge.newcomer("Leads", Map.of());
        bridge.complete("news");
        bridge.complete("more");
        assertThat(bridge.zoho().statuses("Other News")).containsEntry(email, "active");
        assertThat(bridge.zoho().statuses("more")).isNotEmpty();
    }

    @Test
    @DisplayName("reload applies a changed, a new, a renamed and a removed route")
    void takesOverRoutes() throws IOException {
        String before = bridge.files().read(DELIVER);
        bridge.files().write(DELIVER, before.replace("id: delivery-events", "id: delivery-news"));
        bridge.files().write(EXTRA, route("extra-route", "log:extra"));
        assertThat(bridge.operations().reload().changes())
                .contains("routes in deliver.camel.yaml: changed", "routes in extra.camel.yaml: added");
        assertThat(bridge.runtime().context().getRoute("delivery-news")).isNotNull();
        assertThat(bridge.runtime().context().getRoute("delivery-events")).isNull();
        assertThat(bridge.runtime().context().getRoute("extra-route")).isNotNull();
        runs();

        bridge.files().write(DELIVER, before);
        Files.delete(bridge.files().folder().resolve(EXTRA));
        assertThat(bridge.operations().reload().changes()).contains("routes in extra.camel.yaml: removed");
        assertThat(bridge.runtime().context().getRoute("extra-route")).isNull();
        assertThat(bridge.runtime().context().getRoute("delivery-events")).isNotNull();
        runs();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "broken YAML, 'uri: log:extra', 'uri: [log:extra', 9",
        "an unknown step, 'from:', 'form:', 4",
        "an unknown option, 'uri: log:extra', 'uri: log:extra?colour=red', 9",
        "an unknown component, 'uri: log:extra', 'uri: pigeon:extra', 9",
        "a bean that is not there, 'uri: log:extra', 'uri: bean:nobody', 9"
    })
    @DisplayName("A broken route file is refused with file and line, and the last valid routes continue")
    void refusesBrokenRoutes(String what, String good, String broken, int line) throws IOException {
        bridge.files().write(EXTRA, route("extra-route", "log:extra").replace(good, broken));

        ReloadView result = bridge.operations().reload();
        Files.delete(bridge.files().folder().resolve(EXTRA));

        assertThat(result.problems()).as(what).isNotEmpty();
        Problem first = result.problems().get(0);
        assertThat(first.file()).endsWith("extra.camel.yaml");
        assertThat(first.line()).as(first.text()).isBetween(line - 2, line + 2);
        assertThat(result.changes()).isEmpty();
        runs();
    }

    @Test
    @DisplayName(
            "reload says that changed settings wait for a restart, and which syncs stay inactive because too many are active")
    void remarks() {
        try (Bridge own =
                Bridge.open(10, files -> files.letters("news", "Leads").set("LIMITS_ACTIVE_SYNCS", "1"))) {
            own.complete("news");
            assertThat(own.operations().reload().remarks())
                    .as("nothing changed")
                    .isEmpty();
            own.files()
                    .write("config/application.properties", "zoho.connections = main\nconsent.words.refused = Nein\n")
                    .purpose("more")
                    .sync("more", "Leads", "state: active");

            ReloadView reloaded = own.operations().reload();

            assertThat(reloaded.takenOver()).isTrue();
            assertThat(reloaded.remarks())
                    .anyMatch(remark -> remark.contains("settings") && remark.contains("after a restart"))
                    .anyMatch(remark -> remark.startsWith("more: "));
        }
    }

    @Test
    @DisplayName("A broken sync is refused with file and line, and the others stay unchanged")
    void refusesBrokenSyncs() throws IOException {
        bridge.files().sync("broken", "Leads", "purpose: nobody");

        ReloadView result = bridge.operations().reload();
        Files.delete(bridge.files().folder().resolve("config/syncs/broken.yaml"));

        assertThat(result.problems()).isNotEmpty();
        assertThat(result.problems().get(0).text()).contains("broken.yaml", "nobody");
        runs();
    }

    @Test
    @DisplayName(
            "reload, sync create and check refuse a sync of a connection added since the start with its line; status and opt-outs between runs continue")
    void connectionAddedSinceTheStart() {
        try (Bridge own =
                Bridge.open(10, files -> files.letters("news", "Leads").set("OPT_OUTS_EVERY", "1s"))) {
            String stays = own.newcomer("Leads", Map.of());
            String record = own.zoho().create("Leads", Bridge.fields("left@c1.example.com", Map.of()));
            own.complete("news");
            String zoho = own.files().environment().get("ZOHO_MAIN_CRM_URL");
            own.files().write("config/application.properties", """
                    zoho.connections = main, second
                    zoho.second.accounts-url = %1$s
                    zoho.second.crm-url = %1$s
                    zoho.second.campaigns-url = %1$s
                    zoho.second.client-id = %2$s
                    zoho.second.client-secret = %3$s
                    zoho.second.refresh-token = %4$s
                    """.formatted(
                            zoho, Sandbox.CLIENT_ID, Sandbox.CLIENT_SECRET, Sandbox.REFRESH_TOKEN));
            String draft = own.files()
                    .letters("more", "Leads")
                    .read("config/syncs/more.yaml")
                    .replace("connection: main", "connection: second");
            own.files().write("config/syncs/more.yaml", draft);

            ReloadView reloaded = own.operations().reload();

            assertThat(reloaded.takenOver()).isFalse();
            assertThat(reloaded.problems())
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.text())
                            .contains(
                                    "more.yaml:1",
                                    "the connection second was added after the runtime started",
                                    "Restart the runtime"));
            assertThat(own.operations().check().problems())
                    .extracting(Problem::text)
                    .anyMatch(text -> text.contains("application.properties:1")
                            && text.contains("the connection second was added after the runtime started"));
            own.files().remove("config/syncs/more.yaml");
            assertThatThrownBy(() -> own.operations().createSync("more", new SyncSource("more.yaml", draft)))
                    .hasMessageContaining("the connection second was added after the runtime started");
            assertThat(own.files().folder().resolve("config/syncs/more.yaml")).doesNotExist();
            assertThat(own.operations().status().syncs()).hasSize(1);
            assertThat(own.operations().syncs()).hasSize(1);
            own.zoho().change("Leads", record, Map.of("Email_Opt_Out", true));
            ConnectionSweep sweep =
                    own.runtime().context().getRegistry().lookupByNameAndType("connectionSweep", ConnectionSweep.class);
            await().until(() -> {
                sweep.due().forEach(sweep::sweep);
                return own.waiting() == 0
                        && own.zoho()
                                .statuses("news")
                                .get("left@c1.example.com")
                                .equals("unsub");
            });
            assertThat(own.zoho().statuses("news")).containsEntry(stays, "active");
        }
    }

    @Test
    @DisplayName("report-delivery-failure: a failing step of an integrator is reported, and deliveries continue")
    void integratorsStepFails() {
        String before = bridge.files().read(DELIVER);
        bridge.files().write(DELIVER, before.replace("\"${body.size} deliveries settled\"", "\"${body.nothing}\""));
        bridge.reload();

        runs();

        bridge.files().write(DELIVER, before);
        bridge.reload();
    }

    private static void runs() {
        String email = bridge.newcomer("Leads", Map.of());
        bridge.complete("news");
        assertThat(bridge.zoho().statuses("Other News").containsKey(email)
                        || bridge.zoho().statuses("news").containsKey(email))
                .isTrue();
    }

    private static String route(String id, String uri) {
        return """
                - route:
                    id: %s
                    description: Something more.
                    from:
                      uri: direct:extra
                      steps:
                        - to:
                            id: say-it
                            uri: log:extra
                """.formatted(id).replace("uri: log:extra", "uri: " + uri);
    }
}
