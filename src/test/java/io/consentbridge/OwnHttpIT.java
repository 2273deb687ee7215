package io.consentbridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.cli.LocalRuntime.Session;
import io.consentbridge.runtime.Extent;
import io.consentbridge.runtime.RouteFolders;
import io.consentbridge.sandbox.Sandbox;
import io.consentbridge.sandbox.SandboxOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A route of an integrator that answers HTTP requests beside the API. */
class OwnHttpIT {

    private static final String ROUTE = """
            - route:
                id: own-page
                from:
                  uri: platform-http:/own
                  steps:
                    - setBody:
                        constant: hello
            """;

    @TempDir
    private Path folder;

    @Test
    @DisplayName(
            "A platform-http route answers from the start on and after a reload, and check finds nothing wrong with it")
    void answers() throws Exception {
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults().withPeople(10))) {
            Installed installed = new Installed(folder, sandbox);
            Path file = Files.writeString(installed.routes().resolve("own.camel.yaml"), ROUTE);
            try (Session check = open(installed, Extent.ROUTES)) {
                assertThat(check.operations().check().problems()).isEmpty();
            }

            try (Session runtime = open(installed, Extent.WHOLE)) {
                assertThat(get(runtime)).isEqualTo("hello");
                assertThat(runtime.operations().check().problems()).isEmpty();
                Files.writeString(file, ROUTE.replace("hello", "welcome"));
                assertThat(runtime.operations().reload().problems()).isEmpty();
                assertThat(get(runtime)).isEqualTo("welcome");
            }
        }
    }

    private static Session open(Installed installed, Extent extent) {
        return new LocalInstallation(Clock.systemUTC())
                .open(installed.config(), RouteFolders.only(installed.routes()), installed.environment, extent);
    }

    private static String get(Session runtime) throws Exception {
        URI own = URI.create(runtime.apiUrl().orElseThrow() + "/own");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(own).build(), BodyHandlers.ofString())
                .body();
    }
}
