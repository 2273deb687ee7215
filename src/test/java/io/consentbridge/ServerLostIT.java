package io.consentbridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.consentbridge.endtoend.CutLine;
import io.consentbridge.sandbox.Sandbox;
import io.consentbridge.sandbox.SandboxOptions;
import io.consentbridge.store.TestDatabase;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a command that works when PostgreSQL goes. */
@Tag("long")
class ServerLostIT {

    private static final TestDatabase ENGINE = TestDatabase.POSTGRES;
    private static final String SYNC = "customer-contacts";
    private static final int OUT_OF_REACH = 3;

    @TempDir
    private Path folder;

    @Test
    @DisplayName("sync run ends with status 3 when PostgreSQL stays away, and says so; the next one resumes")
    void syncRun() throws Exception {
        String url = ENGINE.fresh(folder);
        URI server = URI.create(url.substring("jdbc:".length()));
        try (CutLine line = new CutLine(server.getHost(), server.getPort());
                Sandbox sandbox = Sandbox.start(
                        SandboxOptions.defaults().withPeople(1_000).withoutQuotas())) {
            EndState.fault(sandbox, Map.of("kind", "delay", "delayMillis", 200, "times", 0));
            InterruptedConnector connector = new InterruptedConnector(
                    sandbox,
                    folder.resolve("home"),
                    ENGINE,
                    url.replace(":" + server.getPort() + "/", ":" + line.port() + "/"),
                    Map.of());
            Process process = connector.start(InterruptedConnector.syncRun(SYNC));
            try {
                await().atMost(Duration.ofSeconds(60)).until(() -> EndState.calls(sandbox) > 15 || !process.isAlive());
                line.cut();

                assertThat(process.waitFor(60, TimeUnit.SECONDS))
                        .as(connector.said())
                        .isTrue();
            } finally {
                process.destroyForcibly().waitFor();
            }
            assertThat(process.exitValue()).as(connector.said()).isEqualTo(OUT_OF_REACH);
            assertThat(connector.said()).contains("cannot be reached. Check database.url");
            line.mend();
            connector.awaitEndOfLease();
            connector.complete(SYNC);
        }
    }
}
