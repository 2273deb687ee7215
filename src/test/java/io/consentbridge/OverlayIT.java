package io.consentbridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consentbridge.api.CheckView;
import io.consentbridge.api.OperationFailure;
import io.consentbridge.api.ReloadView;
import io.consentbridge.api.RunView;
import io.consentbridge.cli.LocalRuntime.Session;
import io.consentbridge.runtime.Extent;
import io.consentbridge.runtime.RouteFolders;
import io.consentbridge.sandbox.Sandbox;
import io.consentbridge.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Own routes lie over the shipped ones, which an upgrade replaces as a whole. */
class OverlayIT {

    private static Sandbox sandbox;

    @TempDir
    private Path folder;

    private Installed installed;
    private Path own;
    private Path shipped;

    @BeforeAll
    static void play() throws Exception {
        sandbox = Sandbox.start(SandboxOptions.defaults().withPeople(10).withoutQuotas());
    }

    @AfterAll
    static void end() {
        sandbox.close();
    }

    @BeforeEach
    void install() throws IOException {
        installed = new Installed(folder, sandbox);
        shipped = installed.routes();
        own = Files.createDirectories(folder.resolve("own"));
    }

    @Test
    @DisplayName("An own route file replaces the shipped one and runs use it; without it the shipped file is loaded")
    void replaces() throws IOException, InterruptedException {
        try (Session session = open(Extent.WHOLE)) {
            mine("route-by-consent", "    id: route-by-consent\n", "    id: route-by-consent\n    note: Mine.\n");
            ReloadView reload = session.operations().reload();
            assertThat(reload.problems()).isEmpty();
            assertThat(reload.changes())
                    .containsExactly("routes in route-by-consent.camel.yaml: changed, now from "
                            + own.resolve("route-by-consent.camel.yaml"));
            RunView run = session.awaitRun(
                    session.operations().startRun("customer-contacts", false).run(), ignored -> {});
            assertThat(run.completed()).as(run.message()).isTrue();
            assertThat(run.added()).isPositive();

            Files.delete(own.resolve("route-by-consent.camel.yaml"));
            assertThat(session.operations().reload().changes())
                    .containsExactly("routes in route-by-consent.camel.yaml: changed, now from "
                            + shipped.resolve("route-by-consent.camel.yaml"));
        }
    }

    @Test
    @DisplayName(
            "check, reload and start name both files when an own route has the id of a shipped route in another file")
    void clash() throws IOException {
        Path mine = own.resolve("mine.camel.yaml");
        String text = """
                - route:
                    id: deliver-due
                    description: Mine.
                    from:
                      uri: direct:mine
                      steps:
                        - to:
                            id: log-mine
                            uri: log:mine
                """;
        try (Session session = open(Extent.WHOLE)) {
            Files.writeString(mine, text);
            ReloadView reload = session.operations().reload();
            assertThat(reload.takenOver()).isFalse();
            assertThat(reload.problems())
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.text())
                            .contains(mine.toString())
                            .contains("the route deliver-due is in " + shipped.resolve("deliver.camel.yaml") + " too"));
            assertThat(session.operations().check().problems())
                    .anySatisfy(problem -> assertThat(problem.text()).contains("the route deliver-due is in"));
        }
        assertThatThrownBy(() -> open(Extent.WHOLE))
                .isInstanceOf(OperationFailure.Misconfigured.class)
                .hasMessageContaining(mine.toString())
                .hasMessageContaining(shipped.resolve("deliver.camel.yaml").toString());

        Files.writeString(mine, text.replace("deliver-due", "my-own"));
        open(Extent.WHOLE).close();
    }

    @Test
    @DisplayName("check and start name the file when an own route names a route configuration that no file has")
    void missingConfiguration() throws IOException {
        Path mine = own.resolve("mine.camel.yaml");
        String text = """
                - route:
                    id: my-own
                    description: Mine.
                    routeConfigurationId: leave-failures-to-caler
                    from:
                      uri: direct:mine
                      steps:
                        - to:
                            id: log-mine
                            uri: log:mine
                """;
        try (Session session = open(Extent.ROUTES)) {
            Files.writeString(mine, text);
            assertThat(session.operations().check().problems())
                    .anySatisfy(problem -> assertThat(problem.text())
                            .contains(mine.toString())
                            .contains("the route my-own names the route configuration leave-failures-to-caler"));
        }
        assertThatThrownBy(() -> open(Extent.ROUTES))
                .isInstanceOf(OperationFailure.Misconfigured.class)
                .hasMessageContaining(mine.toString());

        Files.writeString(mine, text.replace("caler", "caller"));
        open(Extent.ROUTES).close();
    }

    @Test
    @DisplayName("An empty own file removes the routes of the shipped file")
    void takesAway() throws IOException {
        Files.writeString(own.resolve("schedules.camel.yaml"), "[]\n");
        try (Session session = open(Extent.ROUTES)) {
            assertThat(session.operations().check().problems()).isEmpty();
        }
    }

    @Test
    @DisplayName("check names each own file that may lack a change of the shipped file made by an upgrade")
    void upgrade() throws IOException {
        mine("deliver", "    id: deliver-due\n", "    id: deliver-due\n    note: Mine.\n");
        open(Extent.ROUTES).close();
        assertThat(remarks()).isEmpty();

        Path upgraded = shipped.resolve("deliver.camel.yaml");
        Files.writeString(upgraded, Files.readString(upgraded) + "# 2\n");

        assertThat(remarks())
                .containsExactly("routes: your deliver.camel.yaml replaces a shipped file that has changed since"
                        + " you copied it. See: consentbridge routes list");
    }

    private List<String> remarks() {
        try (Session session = open(Extent.ROUTES)) {
            CheckView check = session.operations().check();
            assertThat(check.problems()).isEmpty();
            return check.checked().stream()
                    .filter(line -> line.startsWith("routes: "))
                    .toList();
        }
    }

    private void mine(String name, String before, String after) throws IOException {
        String file = name + ".camel.yaml";
        String text = Files.readString(shipped.resolve(file));
        assertThat(text).contains(before);
        Files.writeString(own.resolve(file), text.replace(before, after));
    }

    private Session open(Extent extent) {
        return new LocalInstallation(Clock.systemUTC())
                .open(installed.config(), new RouteFolders(own, shipped), installed.environment, extent);
    }
}
