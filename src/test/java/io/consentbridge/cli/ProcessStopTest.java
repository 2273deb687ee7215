package io.consentbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.api.OperationFailure;
import io.consentbridge.api.Operations;
import io.consentbridge.api.RunProgress;
import io.consentbridge.api.RunView;
import io.consentbridge.runtime.Extent;
import io.consentbridge.runtime.RouteFolders;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real signal does to a real process. */
class ProcessStopTest {

    private static final String STOPS =
            "Stopping: calls in flight are finished. Ctrl-C again, or another SIGTERM, ends at once";

    @TempDir
    private Path folder;

    /** A command line whose runtime says on standard error when it is closed, and then fails a caller that still uses it. */
    static final class Program {
        private Program() {}

        /** Carries one command out. */
        public static void main(String[] args) {
            System.exit(new Cli(new FakeRuntimeThatWaits(), new FakeSandbox()).execute(args));
        }
    }

    private static final class FakeRuntimeThatWaits implements LocalRuntime {
        @Override
        public Session open(Path config, RouteFolders routes, Map<String, String> env, Extent extent) {
            Session opened = new FakeRuntime().open(config, routes, env, extent);
            CountDownLatch closed = new CountDownLatch(1);
            return new Session() {
                @Override
                public Operations operations() {
                    return opened.operations();
                }

                @Override
                public RunView awaitRun(String run, Consumer<RunProgress> progress) throws InterruptedException {
                    System.err.println("waiting");
                    closed.await();
                    throw new OperationFailure.OutOfReach("the database is closed", null);
                }

                @Override
                public void close() {
                    if (System.getenv("STUCK") != null) {
                        System.err.println("stuck");
                        hang();
                    }
                    System.err.println("closed");
                    closed.countDown();
                }
            };
        }
    }

    private static void hang() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    @DisplayName("start closes the runtime cleanly on SIGTERM")
    void start() throws Exception {
        Process process = command("start");
        try (BufferedReader out = process.inputReader();
                BufferedReader err = process.errorReader()) {
            assertThat(out.readLine()).startsWith("ConsentBridge is running");
            process.toHandle().destroy();

            assertThat(err.readLine()).as("a line of the log").endsWith(STOPS);
            assertThat(err.lines()).containsExactly("closed");
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(143);
        }
    }

    @Test
    @DisplayName(
            "a command that is stopped while it waits releases the run and does not mention failures caused by the stop")
    void handsBack() throws Exception {
        Process process = command("sync", "run", "customers", "--wait");
        try (BufferedReader out = process.inputReader();
                BufferedReader err = process.errorReader()) {
            assertThat(err.readLine()).isEqualTo("waiting");
            process.toHandle().destroy();

            assertThat(err.lines())
                    .containsExactly(
                            "customers: run r-customers stops. It resumes at the next start or sync run",
                            "consentbridge: " + STOPS,
                            "closed");
            assertThat(out.readLine()).isNull();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    @DisplayName("a second signal ends the process at once, even if a task hangs")
    void secondSignal() throws Exception {
        Process process = command(Map.of("STUCK", "yes"), "start");
        try (BufferedReader out = process.inputReader();
                BufferedReader err = process.errorReader()) {
            assertThat(out.readLine()).startsWith("ConsentBridge is running");
            process.toHandle().destroy();
            assertThat(err.readLine()).endsWith(STOPS);
            assertThat(err.readLine()).isEqualTo("stuck");
            assertThat(process.isAlive()).isTrue();

            process.toHandle().destroy();

            assertThat(process.waitFor(5, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(143);
        }
    }

    // Process.destroy would close the streams that are still to be read.
    private Process command(String... args) throws Exception {
        return command(Map.of(), args);
    }

    private Process command(Map<String, String> environment, String... args) throws Exception {
        String[] line = new String[args.length + 6];
        line[0] = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        line[1] = "-cp";
        line[2] = System.getProperty("java.class.path");
        line[3] = Program.class.getName();
        line[4] = "--config";
        line[5] = folder.toString();
        System.arraycopy(args, 0, line, 6, args.length);
        ProcessBuilder builder = new ProcessBuilder(line).directory(folder.toFile());
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().put("DATABASE_URL", "jdbc:postgresql://127.0.0.1:1/none");
        builder.environment().putAll(environment);
        return builder.start();
    }
}
