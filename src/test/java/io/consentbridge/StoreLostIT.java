package io.consentbridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.consentbridge.sandbox.Sandbox;
import io.consentbridge.sandbox.SandboxOptions;
import io.consentbridge.store.TestDatabase;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of a started process when somebody spoils the file of its database. */
class StoreLostIT {

    private static final TestDatabase ENGINE = TestDatabase.SQLITE;
    private static final String SYNC = "customer-contacts";
    private static final int STORE_LOST = 3;

    @TempDir
    private Path folder;

    /** What is done to the file. */
    enum Loss {
        CUT {
            @Override
            void befall(Path file) throws IOException {
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    channel.truncate(0);
                }
            }
        },
        OVERWRITTEN {
            @Override
            void befall(Path file) throws IOException {
                byte[] garbage = new byte[(int) Files.size(file)];
                new Random(23).nextBytes(garbage);
                Files.write(file, garbage, StandardOpenOption.WRITE);
            }
        },
        DELETED {
            @Override
            void befall(Path file) throws IOException {
                Files.delete(file);
            }
        },
        REPLACED {
            @Override
            void befall(Path file) throws IOException {
                Path copy = Files.copy(file, file.resolveSibling("copy"));
                Files.move(copy, file, StandardCopyOption.REPLACE_EXISTING);
            }
        };

        abstract void befall(Path file) throws IOException;
    }

    @ParameterizedTest(name = "{0}, at work: {1}")
    @CsvSource({"REPLACED,false", "CUT,true"})
    @DisplayName("start ends with status 3 within ten seconds and logs one line after its database file is corrupted")
    void lost(Loss loss, boolean atWork) throws Exception {
        loses(loss, atWork);
    }

    @ParameterizedTest(name = "{0}, at work: {1}")
    @CsvSource({"CUT,false", "OVERWRITTEN,false", "DELETED,false", "OVERWRITTEN,true"})
    @Tag("long")
    @DisplayName("start ends with status 3 within ten seconds for each kind of corruption of its database file")
    void lostOtherwise(Loss loss, boolean atWork) throws Exception {
        loses(loss, atWork);
    }

    @ParameterizedTest
    @EnumSource(names = {"OVERWRITTEN", "DELETED"})
    @DisplayName("sync run ends with status 3 within ten seconds after its database file is corrupted during its run")
    void syncRun(Loss loss) throws Exception {
        try (Sandbox sandbox = sandbox()) {
            String url = ENGINE.fresh(folder.resolve("home"));
            InterruptedConnector connector = interrupted(sandbox, url);
            long before = EndState.calls(sandbox);
            Process process = connector.start(InterruptedConnector.syncRun(SYNC));
            try {
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> EndState.calls(sandbox) > before + 3 || !process.isAlive());
                endsAfter(loss, url, process, connector);
            } finally {
                process.destroyForcibly().waitFor();
            }
            assertThat(process.exitValue()).as(connector.said()).isEqualTo(STORE_LOST);
            assertThat(connector.said()).contains("Restore a backup");
        }
    }

    private void loses(Loss loss, boolean atWork) throws Exception {
        try (Sandbox sandbox = sandbox()) {
            String url = ENGINE.fresh(folder.resolve("home"));
            InterruptedConnector connector;
            if (atWork) {
                connector = interrupted(sandbox, url);
            } else {
                connector = connector(sandbox, url);
                connector.complete(SYNC);
            }
            Process process = connector.start("start");
            try {
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> connector.said().contains("ConsentBridge is running") || !process.isAlive());
                await().pollDelay(Duration.ofSeconds(3)).until(() -> true);
                assertThat(process.isAlive()).as(connector.said()).isTrue();
                if (atWork) {
                    long calls = EndState.calls(sandbox);
                    await().until(() -> EndState.calls(sandbox) > calls);
                }
                endsAfter(loss, url, process, connector);
            } finally {
                process.destroyForcibly().waitFor();
            }
            assertThat(process.exitValue()).as(connector.said()).isEqualTo(STORE_LOST);
            List<String> bad = Stream.of(connector.said().split("\n"))
                    .filter(line -> line.contains(" WARN ") || line.contains("ERROR") || line.startsWith("\tat "))
                    .toList();
            assertThat(bad).filteredOn(line -> line.contains("StoreWatch")).hasSize(1);
            assertThat(bad).hasSizeLessThan(5);
        }
    }

    private static Sandbox sandbox() {
        return Sandbox.start(SandboxOptions.defaults().withPeople(1_000).withoutQuotas());
    }

    private InterruptedConnector connector(Sandbox sandbox, String url) throws IOException {
        return new InterruptedConnector(sandbox, folder.resolve("home"), ENGINE, url, Map.of("HTTP_PORT", "0"));
    }

    private InterruptedConnector interrupted(Sandbox sandbox, String url) throws Exception {
        EndState.fault(sandbox, Map.of("kind", "delay", "delayMillis", 200, "times", 0));
        InterruptedConnector connector = connector(sandbox, url);
        assertThat(connector.killAfter(SYNC, 12, 0)).isTrue();
        // Otherwise everything is in the log that the killed process left, and repairs the file.
        ENGINE.reopen(url).close();
        return connector;
    }

    private static void endsAfter(Loss loss, String url, Process process, InterruptedConnector connector)
            throws Exception {
        loss.befall(TestDatabase.fileOf(url));

        assertThat(process.waitFor(10, TimeUnit.SECONDS)).as(connector.said()).isTrue();
    }
}
