package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.consentbridge.api.Operations;
import io.consentbridge.api.Problem;
import io.consentbridge.api.RuntimeOperations;
import io.consentbridge.api.StatusView;
import io.consentbridge.api.SyncSource;
import io.consentbridge.api.SyncView;
import io.consentbridge.config.Configuration;
import io.consentbridge.config.Loaded;
import io.consentbridge.config.Problems;
import io.consentbridge.runtime.Extent;
import io.consentbridge.runtime.Options;
import io.consentbridge.runtime.Runtime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Route;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Routes of an integrator that begin by themselves: a folder that is read, timers, and one that Camel's settings name. */
@TestMethodOrder(MethodOrderer.MethodName.class)
class OnlyStartStartsIT extends BridgeFixture {

    private static final List<String> CREDENTIAL =
            List.of("ZOHO_MAIN_CLIENT_ID", "ZOHO_MAIN_CLIENT_SECRET", "ZOHO_MAIN_REFRESH_TOKEN");
    private static final String CRITERIA =
            "{scope: criteria, conditions: [{field: Industry, operator: equals, value: Retail}]}";
    private static final String OWN = """
            - route:
                id: own-orders
                autoStartup: true
                from:
                  uri: file:FOLDER/in?initialDelay=0&delay=20
                  steps:
                    - to:
                        uri: file:FOLDER/taken
            - route:
                id: own-ticks
                from:
                  uri: timer:own-ticks?delay=0&period=20
                  steps:
                    - to:
                        uri: file:FOLDER/ticks?allowNullBody=true
            - route:
                id: own-placeholder
                from:
                  uri: "{{routes.beginning}}"
                  steps:
                    - to:
                        uri: file:FOLDER/ticks?allowNullBody=true
            - route:
                id: own-queue
                from:
                  uri: seda:own-queue
                  steps:
                    - to:
                        uri: log:own-queue
            """;

    @BeforeAll
    static void open() {
        bridge = Bridge.open(10, files -> {
            String folder = files.folder().toString();
            files.letters("news", "Leads")
                    .write("routes/own.camel.yaml", OWN.replace("FOLDER", folder))
                    .write(
                            "by-settings.yaml",
                            OWN.substring(
                                            OWN.indexOf("- route:\n    id: own-ticks"),
                                            OWN.indexOf("- route:\n    id: own-placeholder"))
                                    .replace("FOLDER", folder)
                                    .replace("own-ticks", "by-settings"))
                    .write(
                            "config/application.properties",
                            "zoho.connections = main\nroutes.beginning = timer:placed?delay=0&period=20\n"
                                    + "camel.main.routes-include-pattern = file:" + folder + "/by-settings.yaml\n");
        });
    }

    @BeforeEach
    void order() throws IOException {
        Files.createDirectories(folder("in"));
        Files.writeString(folder("in").resolve("order.txt"), "one");
    }

    @Test
    @DisplayName(
            "check, a preview and a run start routes that begin with direct: or seda: in any file, and a run starts tick-deliveries")
    void calledRoutes() {
        assertThat(bridge.operations().check().problems())
                .extracting(Problem::message)
                .isEmpty();
        bridge.preview("news", false);
        bridge.complete("news");

        assertThat(bridge.runtime().context().getRoutes())
                .extracting(route -> route.getEndpoint().getEndpointUri())
                .allMatch(uri -> uri.startsWith("direct:")
                        || uri.startsWith("seda:")
                        || uri.matches("timer://(deliveries|record-updates|workflow-starts)\\?.*"));
        assertThat(bridge.runtime().context().getRoute("own-queue")).isNotNull();
        nothingBegan();
    }

    @Test
    @DisplayName("A command that only reads and writes files and database starts no route and needs no credential")
    void noRoutes() {
        Map<String, String> environment = new HashMap<>(bridge.files().environment());
        CREDENTIAL.forEach(environment::remove);
        environment.put("ZOHO_MAIN_CLIENT_SECRET_FILE", "/nowhere");
        environment.put("ZOHO_MAIN_REFRESH_TOKEN", "");
        bridge.zoho().forgetCalls();

        try (Runtime records = open(Extent.RECORDS, environment)) {
            Operations operations = new RuntimeOperations(records, Clock.systemUTC());
            assertThat(records.context().getRoutes()).isEmpty();
            assertThat(operations.syncs()).extracting(SyncView::name).contains("news");
            operations.status();
            operations.quota();
            operations.history(null, 10);
            operations.deadLetters(10);
            operations.explain("somebody@c1.example.com");
            assertThat(operations.deactivate("news").state()).isEqualTo("inactive");
            assertThat(operations.activate("news").state()).isEqualTo("active");
            String text = bridge.files()
                    .read("config/syncs/news.yaml")
                    .replace("name: news", "name: more")
                    .replace("{scope: all}", CRITERIA);
            assertThat(operations
                            .createSync("more", new SyncSource("more.yaml", text))
                            .name())
                    .isEqualTo("more");
            assertThat(operations.sync("more").settings().selection().warnings())
                    .singleElement()
                    .asString()
                    .contains("a running runtime shows");
            operations.editSync("more", new SyncSource("more.yaml", text + "state: inactive\n"));
            operations.deleteSync("more");
            assertThat(records.context().getRoutes()).isEmpty();
        }

        nothingBegan();
        assertThat(bridge.zoho().calls()).isZero();
        assertThat(bridge.operations().sync("news").state())
                .as("an unknown credential is no changed one")
                .isEqualTo("active");
    }

    @Test
    @DisplayName(
            "A runtime that stays up for queries, such as that of demo --keep, serves status and starts no schedule")
    void upWithoutSchedules() {
        try (Runtime asked = open(Extent.API, bridge.files().environment())) {
            StatusView status = new RuntimeOperations(asked, Clock.systemUTC()).status();
            assertThat(status.runtime()).isTrue();
            assertThat(status.schedules()).isFalse();
        }
        nothingBegan();
    }

    @Test
    @DisplayName("A command that calls Zoho says which component of the credential is missing")
    void credentialNeeded() {
        Map<String, String> environment = new HashMap<>(bridge.files().environment());
        environment.remove("ZOHO_MAIN_CLIENT_ID");

        Loaded loaded = options(Extent.ROUTES, environment).load();

        assertThat(loaded)
                .isInstanceOfSatisfying(
                        Problems.class,
                        problems -> assertThat(problems.all())
                                .singleElement()
                                .satisfies(problem ->
                                        assertThat(problem.what()).isEqualTo("zoho.main.client-id is missing")));
    }

    @Test
    @DisplayName("start starts every route")
    void wholeStarts() {
        try (Runtime whole = open(Extent.WHOLE, bridge.files().environment())) {
            await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
                assertThat(folder("taken").resolve("order.txt")).exists();
                assertThat(folder("ticks")).isNotEmptyDirectory();
            });
            assertThat(whole.context().getRoutes())
                    .extracting(Route::getRouteId)
                    .contains("own-orders", "own-ticks", "own-placeholder", "by-settings", "own-queue");
        }
    }

    private static Runtime open(Extent extent, Map<String, String> environment) {
        Options options = options(extent, environment);
        return Runtime.open(options, (Configuration) options.load(), Clock.systemUTC());
    }

    private static Options options(Extent extent, Map<String, String> environment) {
        return new Options(bridge.files().config(), bridge.files().routes(), environment, extent);
    }

    private static void nothingBegan() {
        assertThat(folder("in").resolve("order.txt")).exists();
        assertThat(folder("taken")).doesNotExist();
        assertThat(folder("ticks")).doesNotExist();
    }

    private static Path folder(String name) {
        return bridge.files().folder().resolve(name);
    }
}
