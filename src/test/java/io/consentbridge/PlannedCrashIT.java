package io.consentbridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.run.Outcomes;
import io.consentbridge.run.Run;
import io.consentbridge.run.RunQueries;
import io.consentbridge.run.RunState;
import io.consentbridge.sandbox.Sandbox;
import io.consentbridge.sandbox.SandboxOptions;
import io.consentbridge.store.Database;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.TestDatabase;
import io.consentbridge.sync.Counters;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** A run that carries a plan out is killed, and the one that goes on with it keeps to the plan. */
class PlannedCrashIT {

    private static final String SYNC = "customer-contacts";
    /** More contacts than a page holds. */
    private static final int PAGE = 120;

    private static final SandboxOptions OPTIONS =
            SandboxOptions.defaults().withPeople(520).withoutQuotas();

    @TempDir
    private Path folder;

    private InterruptedConnector planned(Sandbox sandbox, String name, TestDatabase engine) throws Exception {
        EndState.queryMost(sandbox, "Contacts", PAGE);
        InterruptedConnector connector = new InterruptedConnector(sandbox, folder.resolve(name), engine);
        assertThat(connector.run("sync", "preview", SYNC, "--save", plan(connector)))
                .as(connector.said())
                .isZero();
        return connector;
    }

    private static String plan(InterruptedConnector connector) {
        return connector.home().resolve("plan.json").toString();
    }

    private static String[] carryOut(InterruptedConnector connector) {
        return InterruptedConnector.syncRun(SYNC, "--plan", plan(connector));
    }

    /** The run that was planned: the first. */
    private static Run planned(InterruptedConnector connector) throws Exception {
        try (Database database = connector.open()) {
            List<Run> runs = new RunQueries(database, Clock.systemUTC()).list(Optional.of(SYNC), 10);
            return runs.get(runs.size() - 1);
        }
    }

    @ParameterizedTest(name = "on {0}")
    @ArgumentsSource(EveryEngine.Chosen.class)
    @Tag("long")
    @DisplayName("Kills while a plan is carried out change neither what Campaigns holds nor what the run counted")
    void goesOn(TestDatabase engine) throws Exception {
        EndState undisturbed;
        try (Sandbox calm = Sandbox.start(OPTIONS)) {
            InterruptedConnector connector = planned(calm, "calm", engine);
            assertThat(connector.run(carryOut(connector))).as(connector.said()).isZero();
            undisturbed = EndState.of(calm, connector, List.of(SYNC));
        }
        try (Sandbox stormy = Sandbox.start(OPTIONS)) {
            InterruptedConnector connector = planned(stormy, "stormy", engine);
            killAfterFirstPage(stormy, connector);
            assertThat(connector.killAfter(SYNC, 30, 0)).isTrue();
            assertThat(connector.killAfter(SYNC, 30, 7)).isTrue();
            connector.complete(SYNC);

            assertThat(EndState.of(stormy, connector, List.of(SYNC)).differencesFrom(undisturbed))
                    .isEmpty();
        }
    }

    /** Three sweeps and its two pages are asked for slowly, so that it is killed between the pages. */
    private static void killAfterFirstPage(Sandbox sandbox, InterruptedConnector connector) throws Exception {
        EndState.fault(sandbox, Map.of("method", "coql", "kind", "delay", "delayMillis", 2_500, "times", 5));
        assertThat(connector.killAfter(20, 0, carryOut(connector))).isTrue();
        Run run = planned(connector);
        assertThat(run.state()).as("after its first page: %s", run.message()).isEqualTo(RunState.READING);
        assertThat(run.total()).isEqualTo(PAGE);
    }

    @Test
    @DisplayName("A process that resumes the plan of a killed process stops where the data has changed since")
    void stops() throws Exception {
        try (Sandbox sandbox = Sandbox.start(OPTIONS)) {
            InterruptedConnector connector = planned(sandbox, "moved", TestDatabase.usual());
            killAfterFirstPage(sandbox, connector);
            String unplanned = EndState.create(
                    sandbox, "Contacts", Map.of("Last_Name", "Late", "Email", "late@planned.example.com"));

            assertThat(connector.run(InterruptedConnector.syncRun(SYNC)))
                    .as(connector.said())
                    .isEqualTo(1);

            Run run = planned(connector);
            assertThat(run.state()).isEqualTo(RunState.FAILED);
            assertThat(run.message().orElseThrow())
                    .startsWith(SYNC + ": stopped, because ")
                    .contains(unplanned)
                    .endsWith("Preview again");
            assertThat(run.total())
                    .as("of its page, the last 88 of 208, only who refuses was kept")
                    .isBetween((long) PAGE, PAGE + 30L);
            assertThat(EndState.of(sandbox, connector, List.of(SYNC)).facts().toString())
                    .doesNotContain("late@planned.example.com")
                    .doesNotContain("violation");
            // Decisions before is delivered by the process that works next.
            connector.complete(SYNC);
            try (Database database = connector.open()) {
                Counters counters = new Outcomes(database).counters(run.id());
                assertThat(counters.balances()).isTrue();
                assertThat(counters.pending()).isZero();
            }
        }
    }
}
