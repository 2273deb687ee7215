package io.consentbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.api.ApiServer;
import io.consentbridge.api.FakeOperations;
import io.consentbridge.api.ReloadView;
import io.consentbridge.api.RunProgress;
import io.consentbridge.api.RunStarted;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Commands while a runtime is up: they ask it over HTTP and open nothing themselves. */
class ThroughRuntimeTest extends CommandLineFixture {

    private final Main main = new Main();
    private ApiServer server;

    private final FakeOperations remote = new FakeOperations() {
        @Override
        public RunStarted startRun(String sync, boolean full) {
            RunStarted begun = super.startRun(sync, full);
            boolean goesOn = interrupted && runState.equals("reading");
            return goesOn ? new RunStarted("r-left", sync, false, true) : begun;
        }

        @Override
        public RunProgress progress(String id) {
            RunProgress progress = super.progress(id);
            if (interrupted) {
                runState = "delivering";
            }
            if (pressDuringRun && asked.size() > 2) {
                stop.press();
                runState = "completed";
            }
            return progress;
        }
    };
    private boolean pressDuringRun;
    private boolean interrupted;

    @BeforeEach
    void listen() throws Exception {
        main.configure().withAutoConfigurationEnabled(false);
        main.setDefaultPropertyPlaceholderLocation("false");
        main.start();
        server = ApiServer.open(main.getCamelContext(), remote, folder.resolve("data"), "127.0.0.1", freePort());
    }

    @AfterEach
    void end() throws Exception {
        server.close();
        main.stop();
    }

    @Test
    @DisplayName("a command asks the runtime that is up and opens nothing itself")
    void asksTheRuntime() {
        assertThat(run("sync", "list").status()).isZero();
        assertThat(run("dead-letters", "replay", "7").status()).isZero();
        assertThat(run("sync", "show", "custmers").err()).contains("Did you mean customers?");

        assertThat(remote.asked).containsExactly("syncs", "replay [7]", "sync custmers");
        assertThat(runtime.opened).isEmpty();
    }

    @Test
    @DisplayName("a second start of an embedded database ends with 3 and opens nothing; PostgreSQL allows several")
    void secondStart() {
        Result second = run("start");

        assertThat(second.status()).isEqualTo(3);
        assertThat(second.err()).contains("a runtime of this installation is already running");
        assertThat(runtime.opened).isEmpty();

        env.put("DATABASE_URL", "jdbc:postgresql://127.0.0.1:1/name");
        run("start");
        assertThat(runtime.opened).hasSize(1);
    }

    @Test
    @DisplayName("explain asks the runtime that is up, whatever letters the address has")
    void explainsThroughTheRuntime() {
        assertThat(run("explain", "bob@example.com").out()).contains("record 2 of Leads in the");
        assertThat(run("explain", "o'neill+news@example.com").status()).isOne();
        assertThat(run("person", "suppress", "o'neill+news@example.com", "--because", "x")
                        .err())
                .isEmpty();
        assertThat(run("person", "release", "bob@example.com", "--purpose", "p", "--because", "x")
                        .status())
                .isZero();

        assertThat(remote.asked)
                .containsExactly(
                        "explain bob@example.com",
                        "explain o'neill+news@example.com",
                        "suppress o'neill+news@example.com for null because x",
                        "release bob@example.com for p because x");
    }

    @Test
    @DisplayName("The commands of the ledger use the running runtime")
    void ledgerThroughTheRuntime() {
        assertThat(run("ledger", "status").out()).startsWith("Ledger consentbridge-1\n");
        assertThat(run("ledger", "verify", "--against", "docs/examples/ledger/checkpoints.txt")
                        .status())
                .isZero();
        assertThat(run("ledger", "export", "/tmp/somewhere/../export").status()).isZero();
        assertThat(run("ledger", "acknowledge", "--because", "seen").status()).isZero();
        assertThat(run("ledger", "rotate-key").status()).isZero();

        assertThat(remote.asked)
                .containsExactly(
                        "ledger", "verify against 4", "export /tmp/export", "acknowledge because seen", "rotate");
    }

    @Test
    @DisplayName("sync preview uses the running runtime, page by page, and releases the preview")
    void previewsThroughTheRuntime() {
        assertThat(run("sync", "preview", "customers").out()).contains("jane@example.com", "bob@example.com");

        assertThat(remote.asked)
                .containsExactly(
                        "preview customers",
                        "people of p-customers after ",
                        "people of p-customers after r:1",
                        "end p-customers");
        assertThat(runtime.opened).isEmpty();
    }

    @Test
    @DisplayName("sync run --full says that an interrupted run resumes first, and then starts the full one")
    void fullRunFollowsAnInterruptedOne() {
        interrupted = true;
        remote.runState = "reading";

        Result begun = run("sync", "run", "customers", "--full");

        assertThat(begun.err())
                .contains("customers: run r-left was interrupted and resumes first; the full run starts after it");
        assertThat(begun.out()).contains("customers: run r-customers started");
        assertThat(remote.asked)
                .startsWith("run customers full", "progress? r-left")
                .endsWith("run customers full");
    }

    @Test
    @DisplayName("sync run says that it resumes an interrupted run")
    void goesOnWithAnInterruptedRun() {
        interrupted = true;
        remote.runState = "reading";

        Result begun = run("sync", "run", "customers");

        assertThat(begun.err()).contains("customers: run r-left was interrupted and resumes\n");
        assertThat(begun.out()).contains("r-left");
    }

    @Test
    @DisplayName("sync run returns at once with the run's id; --wait waits until the run ends")
    void runs() throws Exception {
        Result begun = run("sync", "run", "customers");
        assertThat(begun.status()).isZero();
        assertThat(begun.out()).contains("customers: run r-customers started").contains("history --run r-customers");
        assertThat(run("sync", "run", "customers", "--json").json().get("run").asText())
                .isEqualTo("r-customers");
        assertThat(remote.asked).containsOnly("run customers");

        assertThat(run("sync", "run", "customers", "--wait").out()).contains("completed");
    }

    @Test
    @DisplayName("Ctrl-C while waiting leaves the run running and says so")
    void ctrlC() {
        remote.runState = "delivering";
        pressDuringRun = true;

        Result result = run("sync", "run", "customers", "--wait");

        assertThat(result.err()).contains("customers: run r-customers continues in the runtime");
    }

    @Test
    @DisplayName("reload shows what it applied, and exits with 2 when it was refused")
    void reload() {
        assertThat(run("reload").out()).isEqualTo("sync hospitality-leads changed\nReloaded.\n");
        remote.reload = new ReloadView(true, List.of(), List.of("news: too many are active"), List.of());
        assertThat(run("reload").out()).isEqualTo("news: too many are active\nNothing has changed.\n");
        remote.reload = new ReloadView(false, List.of(), List.of(), List.of());
        Result refused = run("reload");
        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.out()).isEqualTo("Not reloaded; the previous configuration stays active.\n");
    }

    @Test
    @DisplayName("a command reaches the runtime even with broken settings")
    void environmentFindsIt() {
        env.put("DATABASE_URL", "jdbc:sqlite:" + folder + "/data/consentbridge.db");

        run("reload", "--config", folder.resolve("nowhere").toString());

        assertThat(remote.asked).containsExactly("reload");
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0)) {
            return probe.getLocalPort();
        }
    }
}
