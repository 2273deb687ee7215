package io.consentbridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.consentbridge.sandbox.Sandbox;
import io.consentbridge.sandbox.SandboxOptions;
import io.consentbridge.store.TestDatabase;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process at work whose disk gets full, really. Skipped where this user may not mount a small one. */
@Tag("long")
class FullDiskRunIT {

    private static final TestDatabase ENGINE = TestDatabase.SQLITE;
    private static final String SYNC = "customer-contacts";
    private static final int STORE_LOST = 3;
    /** After so many calls a run has read what it reads and subscribes people. */
    private static final long DELIVERING = 20;

    private static final SandboxOptions OPTIONS =
            SandboxOptions.defaults().withPeople(1_000).withoutQuotas();

    /** Who is on which list when no disk gets full. */
    private static EndState undisturbed;

    @TempDir
    private Path folder;

    private Path disk;

    private SmallDisk mounted;

    @BeforeEach
    void mount() throws IOException {
        disk = Files.createDirectories(folder.resolve("disk"));
        mounted = SmallDisk.mount(disk, "24m");
    }

    @AfterEach
    void unmount() {
        if (mounted != null) {
            mounted.close();
        }
    }

    @ParameterizedTest(name = "for good: {0}")
    @ValueSource(booleans = {true, false})
    @DisplayName("start ends with status 3 or recovers when its disk gets full during a run, and nothing is lost")
    void start(boolean forGood) throws Exception {
        survives(forGood, "start");
    }

    @ParameterizedTest(name = "for good: {0}")
    @ValueSource(booleans = {true, false})
    @DisplayName("sync run ends with status 3 or recovers when its disk gets full during its run, and nothing is lost")
    void syncRun(boolean forGood) throws Exception {
        survives(forGood, InterruptedConnector.syncRun(SYNC));
    }

    private void survives(boolean forGood, String... command) throws Exception {
        boolean starts = command[0].equals("start");
        EndState should = undisturbed();
        try (Sandbox sandbox = Sandbox.start(OPTIONS)) {
            InterruptedConnector connector = starts ? interrupted(sandbox) : onDisk(sandbox);
            long enough = EndState.calls(sandbox) + (starts ? 3 : DELIVERING);
            Process process = connector.start(command);
            try {
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> EndState.calls(sandbox) > enough
                                && (!starts || connector.said().contains("ConsentBridge is running")));
                Path filler = fill();
                await().atMost(Duration.ofSeconds(10))
                        .until(() -> connector.said().contains("Free space on"));
                if (forGood) {
                    assertThat(process.waitFor(10, TimeUnit.SECONDS))
                            .as(connector.said())
                            .isTrue();
                }
                Files.delete(filler);
                long then = EndState.calls(sandbox);
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> EndState.calls(sandbox) > then || !process.isAlive());
                if (!process.isAlive()) {
                    assertThat(process.exitValue())
                            .as(connector.said())
                            .isIn(forGood ? List.of(STORE_LOST) : List.of(STORE_LOST, 0));
                }
            } finally {
                process.destroyForcibly().waitFor();
            }
            EndState.noFaults(sandbox);
            connector.complete(SYNC);
            assertThat(people(sandbox, connector).differencesFrom(should)).isEmpty();
        }
    }

    private EndState undisturbed() throws Exception {
        if (undisturbed == null) {
            try (Sandbox calm = Sandbox.start(OPTIONS)) {
                InterruptedConnector connector = new InterruptedConnector(calm, folder.resolve("calm"), ENGINE);
                connector.complete(SYNC);
                undisturbed = people(calm, connector);
            }
        }
        return undisturbed;
    }

    @Test
    @DisplayName("start and sync run end with status 3 and name the remedy where the disk is full before they begin")
    void fullBefore() throws Exception {
        try (Sandbox sandbox = Sandbox.start(OPTIONS)) {
            InterruptedConnector connector = interrupted(sandbox);
            Path filler = fill();
            for (String[] command : List.of(new String[] {"start"}, InterruptedConnector.syncRun(SYNC))) {
                assertThat(connector.run(command)).as(connector.said()).isEqualTo(STORE_LOST);
                assertThat(connector.said()).contains("Free space on").doesNotContain("Forcing shutdown");
            }
            Files.delete(filler);
            EndState.noFaults(sandbox);
            connector.complete(SYNC);
        }
    }

    @Test
    @DisplayName(
            "sync preview ends and names the remedy where the disk for temporary files gets full, or is full before")
    void temporaryFiles() throws Exception {
        String[] preview = {"sync", "preview", SYNC, "--full", "--json"};
        try (Sandbox sandbox = Sandbox.start(OPTIONS)) {
            InterruptedConnector connector = new InterruptedConnector(
                    sandbox,
                    folder.resolve("home"),
                    ENGINE,
                    ENGINE.fresh(folder.resolve("home")),
                    Map.of("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + disk));
            connector.complete(SYNC);
            EndState.fault(sandbox, Map.of("kind", "delay", "delayMillis", 100, "times", 0));
            long before = EndState.calls(sandbox);
            Process process = connector.start(preview);
            await().atMost(Duration.ofSeconds(60)).until(() -> EndState.calls(sandbox) > before + 3);
            Path filler = fill();
            assertThat(process.waitFor(10, TimeUnit.SECONDS))
                    .as(connector.said())
                    .isTrue();
            assertThat(process.exitValue()).as(connector.said()).isEqualTo(STORE_LOST);
            assertThat(connector.said()).contains("is full. Free space on it.");

            Files.delete(filler);
            fill();
            assertThat(connector.run(preview)).as(connector.said()).isPositive();
            assertThat(connector.said()).contains("disk is full. Free space on it");
        }
    }

    /** With a run that was interrupted, so that start has something to do. */
    private InterruptedConnector interrupted(Sandbox sandbox) throws Exception {
        InterruptedConnector connector = onDisk(sandbox);
        assertThat(connector.killAfter(SYNC, 8, 0)).isTrue();
        return connector;
    }

    /** With its database on the small disk, and calls that take a while, so that something is left to do when that is full. */
    private InterruptedConnector onDisk(Sandbox sandbox) throws Exception {
        EndState.fault(sandbox, Map.of("kind", "delay", "delayMillis", 100, "times", 0));
        return new InterruptedConnector(
                sandbox, folder.resolve("home"), ENGINE, ENGINE.fresh(disk), Map.of("HTTP_PORT", "0"));
    }

    /** Who is on which list. A run that failed counts what it did, and the next run the rest. */
    private static EndState people(Sandbox sandbox, InterruptedConnector connector) throws Exception {
        connector.counted(SYNC);
        return EndState.of(sandbox, connector, List.of());
    }

    /** Takes all the room that is left. */
    private Path fill() throws IOException {
        Path filler = disk.resolve("filler");
        try (FileChannel channel = FileChannel.open(filler, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int size = 1 << 20; size > 0; size /= 2) {
                try {
                    while (true) {
                        channel.write(ByteBuffer.allocate(size));
                    }
                } catch (IOException full) {
                    // A smaller piece may still fit.
                }
            }
        }
        return filler;
    }
}
