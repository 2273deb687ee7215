package io.consentbridge.powerloss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The files of a process that stands still are copied, as a snapshot of a disk or of a virtual machine does it. Needs Linux,
 * where {@code /proc} says whether every thread stands still.
 */
class StoppedProcessIT {

    private static final int COPIES = 5;
    private static final int MARKS_BETWEEN = 7;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    @Test
    @DisplayName(
            "The files of a stopped process contain, copied, every page and settlement that it has committed, and it works on")
    void copies() throws Exception {
        assumeTrue(Files.isDirectory(Path.of("/proc/self/task")), "needs /proc of Linux");
        Path data = Files.createDirectory(folder.resolve("data"));
        Path marks = folder.resolve("marks");
        Process process = new ProcessBuilder(
                        JavaProcess.command(PagesAndDeliveries.class, Stream.of(data.toString(), marks.toString())))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said").toFile())
                .start();
        Map<Path, List<String>> copies = new LinkedHashMap<>();
        try {
            for (int copy = 0; copy < COPIES; copy++) {
                int enough = 1 + copy * MARKS_BETWEEN;
                soon().until(() -> set(marks).size() >= enough || !process.isAlive());
                if (!signal(process, "STOP")) {
                    break;
                }
                soon().until(() -> standsStill(process));
                copies.put(copy(data, folder.resolve("copy" + copy)), set(marks));
                signal(process, "CONT");
            }
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        copies.put(data, set(marks));

        copies.forEach((copy, promised) -> assertThat(SurvivingWork.faults(copy, promised))
                .as("after %s", promised)
                .isEmpty());
        assertThat(copies).hasSizeGreaterThan(1);
        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve("said")))
                .isZero();
        assertThat(set(marks)).endsWith("closed");
    }

    private static ConditionFactory soon() {
        return Awaitility.await().atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1));
    }

    private static List<String> set(Path marks) throws IOException {
        try {
            return Files.readAllLines(marks);
        } catch (NoSuchFileException early) {
            return List.of();
        }
    }

    /** @return false if the process has ended */
    private static boolean signal(Process process, String name) throws Exception {
        return new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                        .start()
                        .waitFor()
                == 0;
    }

    /** The state is the first letter after the command's name, which is in parentheses. */
    private static boolean standsStill(Process process) throws IOException {
        try (Stream<Path> threads = Files.list(Path.of("/proc", String.valueOf(process.pid()), "task"))) {
            for (Path thread : threads.toList()) {
                String stat = Files.readString(thread.resolve("stat"));
                if (stat.charAt(stat.lastIndexOf(')') + 2) != 'T') {
                    return false;
                }
            }
            return true;
        }
    }

    private static Path copy(Path from, Path to) throws IOException {
        Files.createDirectory(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
        return to;
    }
}
