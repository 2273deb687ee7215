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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/**
 * The process that makes a list of each view is killed, within a part run and between two of them, and another one resumes:
 * each part is run once, and the state of Campaigns and the figures of the parent run are as without kills.
 */
class FanOutCrashIT {

    private static final String SYNC = "fan";
    private static final int CALL_MILLIS = 15;
    private static final SandboxOptions OPTIONS =
            SandboxOptions.defaults().withPeople(200).withoutQuotas();

    @TempDir
    private static Path folder;

    private static EndState undisturbed;
    private static long calls;

    private final List<String> kills = new ArrayList<>();

    private static Path config() throws Exception {
        Path config = folder.resolve("config");
        Files.createDirectories(config.resolve("purposes"));
        Files.createDirectories(config.resolve("syncs"));
        Files.writeString(config.resolve("application.properties"), "zoho.connections = main\n");
        Files.writeString(config.resolve("purposes/fan.yaml"), """
                name: fan
                statement: Letters
                lawfulBasis: contract
                list: fan
                createList: true
                """);
        Files.writeString(config.resolve("syncs/fan.yaml"), """
                name: fan
                connection: main
                module: Leads
                purpose: fan
                select: {each: view, views: [Hot leads, Hospitality leads, All Leads]}
                deleted: unsubscribe
                optedOut: unsubscribe
                """);
        return config;
    }

    private static String[] syncRun() throws Exception {
        return InterruptedConnector.syncRun(SYNC, "--config", config().toString());
    }

    /** What Campaigns holds, what each part counted, and how often each was carried out. */
    private static EndState end(Sandbox sandbox, InterruptedConnector connector) throws Exception {
        SortedMap<String, String> facts =
                new TreeMap<>(EndState.of(sandbox, connector, List.of()).facts());
        try (Database database = connector.open()) {
            Outcomes outcomes = new Outcomes(database);
            RunQueries runs = new RunQueries(database, Clock.systemUTC());
            Map<String, Run> first = new HashMap<>();
            List<Run> all = new ArrayList<>(runs.list(Optional.of(SYNC), 1_000));
            Collections.reverse(all);
            for (Run run : all) {
                Counters counters = outcomes.counters(run.id());
                assertThat(counters.balances()).as("%s: %s", run, counters).isTrue();
                assertThat(run.total()).as("%s", run).isEqualTo(counters.total());
                if (first.putIfAbsent(run.sync(), run) == null) {
                    facts.put("run of " + run.sync(), run.state() + " " + counters);
                } else if (run.total() > 0 || run.state() != RunState.COMPLETED) {
                    facts.put("another run of " + run.sync(), run.state() + " " + counters);
                }
            }
            assertThat(first.values().stream().filter(run -> run.parentRun().isPresent()))
                    .as("all belong to one parent run")
                    .hasSize(3)
                    .allMatch(
                            run -> run.parentRun().get().equals(first.get(SYNC).id()));
        }
        return new EndState(facts);
    }

    @BeforeAll
    static void nobodyKills() throws Exception {
        try (Sandbox calm = Sandbox.start(OPTIONS)) {
            InterruptedConnector connector =
                    new InterruptedConnector(calm, folder.resolve("calm"), TestDatabase.usual());
            assertThat(connector.run(syncRun())).as(connector.said()).isZero();
            calls = EndState.calls(calm);
            undisturbed = end(calm, connector);
        }
    }

    @Test
    @DisplayName(
            "B104: kills within and between part runs lose none, repeat none, and the sums of the parent run are right")
    void killed() throws Exception {
        survives(TestDatabase.usual());
    }

    @ParameterizedTest(name = "on {0}")
    @ArgumentsSource(EveryEngine.Chosen.class)
    @Tag("long")
    @DisplayName("B104: kills within and between part runs lose none and repeat none on each engine")
    void killedOnEach(TestDatabase engine) throws Exception {
        survives(engine);
    }

    private void survives(TestDatabase engine) throws Exception {
        assertThat(undisturbed.facts().keySet())
                .filteredOn(fact -> fact.startsWith("run of fan"))
                .hasSize(4);
        Random random = new Random(Long.getLong("crash.seed", 104));
        try (Sandbox stormy = Sandbox.start(OPTIONS)) {
            EndState.fault(stormy, Map.of("kind", "delay", "delayMillis", CALL_MILLIS, "times", 0));
            InterruptedConnector connector =
                    new InterruptedConnector(stormy, folder.resolve("stormy " + engine), engine);
            // The first kills fall between the small part runs, the later ones into the large one.
            for (long after : List.of(8L, 6L, 8L, calls / 6, calls / 6)) {
                int millis = random.nextInt(2 * CALL_MILLIS);
                if (!connector.killAfter(after, millis, syncRun())) {
                    break;
                }
                kills.add(millis + " ms after call " + after);
            }
            assertThat(connector.run(syncRun())).as(connector.said()).isZero();
            assertThat(kills).hasSizeGreaterThan(2);
            assertThat(end(stormy, connector).differencesFrom(undisturbed))
                    .as("killed: %s", kills)
                    .isEmpty();
        }
    }

    @Test
    @DisplayName(
            "B104: over PostgreSQL a second process delivers beside the one that reads the parts, and continues when that one is killed")
    void takenOver() throws Exception {
        TestDatabase engine = TestDatabase.POSTGRES;
        String url = engine.withTables();
        Map<String, String> settings = Map.of("HTTP_PORT", "0");
        try (Sandbox stormy = Sandbox.start(OPTIONS)) {
            EndState.fault(stormy, Map.of("kind", "delay", "delayMillis", CALL_MILLIS, "times", 0));
            InterruptedConnector reader =
                    new InterruptedConnector(stormy, folder.resolve("reader"), engine, url, settings);
            InterruptedConnector other =
                    new InterruptedConnector(stormy, folder.resolve("other"), engine, url, settings);
            assertThat(reader.killAfter(12, 0, syncRun())).isTrue();
            Process second = other.start("start", "--config", config().toString());
            try {
                awaitEnd(reader, second, other);
            } finally {
                second.destroy();
                second.waitFor();
            }
            assertThat(end(stormy, reader).differencesFrom(undisturbed)).isEmpty();
        }
    }

    private static void awaitEnd(InterruptedConnector connector, Process goingOn, InterruptedConnector its)
            throws Exception {
        try (Database database = connector.open()) {
            RunQueries runs = new RunQueries(database, Clock.systemUTC());
            Awaitility.await()
                    .atMost(Duration.ofMinutes(3))
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> {
                        assertThat(goingOn.isAlive()).as(its.said()).isTrue();
                        return runs.newest(SYNC)
                                .map(Run::state)
                                .filter(RunState::ended)
                                .isPresent();
                    });
        }
    }
}
