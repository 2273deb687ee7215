package io.consentbridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.consentbridge.api.RunView;
import io.consentbridge.cli.LocalRuntime.Session;
import io.consentbridge.runtime.Extent;
import io.consentbridge.runtime.RouteFolders;
import io.consentbridge.sandbox.Sandbox;
import io.consentbridge.sandbox.SandboxOptions;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process that ended too early had decided and not delivered. */
class LeftoverDeliveriesIT {

    private static final String SYNC = "customer-contacts";

    @TempDir
    private Path folder;

    @Test
    @DisplayName("sync run --wait ends when the remaining deliveries of an interrupted run of the sync are made too")
    void finishesWhatIsLeft() throws Exception {
        try (Sandbox sandbox =
                Sandbox.start(SandboxOptions.defaults().withPeople(60).withoutQuotas())) {
            Installed installed = new Installed(folder, sandbox);
            installed.environment.put("DELIVERY_BATCH", "1");
            EndState.fault(
                    sandbox, Map.of("method", "json/listsubscribe", "kind", "delay", "delayMillis", 300, "times", 0));
            String interrupted;
            try (Session first = open(installed)) {
                interrupted = first.operations().startRun(SYNC, false).run();
                await().atMost(Duration.ofMinutes(1))
                        .until(() -> first.operations().run(interrupted).state().equals("delivering"));
            }

            try (Session second = open(installed)) {
                assertThat(second.operations().run(interrupted).pending()).isGreaterThan(10);
                String asked = second.operations().startRun(SYNC, false).run();
                RunView run = second.awaitRun(asked, view -> {});

                RunView before = second.operations().run(interrupted);
                assertThat(run.completed()).as(run.message()).isTrue();
                assertThat(before.completed()).as("%s", before).isTrue();
                assertThat(before.added()).isGreaterThan(10);
            }
        }
    }

    private static Session open(Installed installed) {
        return new LocalInstallation(Clock.systemUTC())
                .open(installed.config(), RouteFolders.only(installed.routes()), installed.environment, Extent.ROUTES);
    }
}
