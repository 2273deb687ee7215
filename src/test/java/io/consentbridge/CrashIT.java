package io.consentbridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.sandbox.Sandbox;
import io.consentbridge.sandbox.SandboxOptions;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The process is killed, as {@code kill -9} does it, at random instants of its runs and started again each time: what
 * Campaigns holds in the end and what the runs counted is what they are when nobody kills anything.
 *
 * <p>An instant is chosen by the number of calls that the started process has made, so that every part of a run is met
 * however fast the machine is, and by a few milliseconds after that, so that it is not always right after a call. The
 * kills come in rounds: each begins with an empty database and a fresh sandbox and ends when every sync has come to its
 * end, and then both are compared. {@code -Dcrash.seed} and, of the many, {@code -Dcrash.kills} choose others.
 */
@EveryEngine
class CrashIT {

    /** One creates its list; one asks by a public list; one reads consent person by person. */
    private static final List<String> SYNCS = List.of("customer-contacts", "newsletter-leads", "newsletter-contacts");

    private static final int CALL_MILLIS = 15;

    /** So that no sync gets most of the kills only because one of its pages takes long. */
    private static final int IN_A_ROW = 6;

    /** What is so when nobody kills anything, by the number of people; it is the same on each engine. */
    private static final Map<Integer, Undisturbed> UNDISTURBED = new HashMap<>();

    @TempDir
    private Path folder;

    private final TestDatabase engine;
    private final List<String> kills = new ArrayList<>();

    CrashIT(TestDatabase engine) {
        this.engine = engine;
    }

    /** @param calls how many the run of each sync makes */
    private record Undisturbed(EndState end, Map<String, Long> calls) {}

    @Test
    @DisplayName("Five kills at random instants change neither what Campaigns holds nor what the runs counted")
    void fewKills() throws Exception {
        survives(5, 400, SYNCS.subList(0, 2), Long.getLong("crash.seed", 20261122));
    }

    @Test
    @Tag("long")
    @DisplayName("Fifty kills at random instants change neither what Campaigns holds nor what the runs counted")
    void manyKills() throws Exception {
        survives(Integer.getInteger("crash.kills", 50), 1_000, SYNCS, Long.getLong("crash.seed", 4711));
    }

    private void survives(int wanted, int people, List<String> syncs, long seed) throws Exception {
        SandboxOptions options = SandboxOptions.defaults().withPeople(people).withoutQuotas();
        Undisturbed undisturbed = UNDISTURBED.get(people);
        if (undisturbed == null) {
            undisturbed = undisturbed(options, syncs);
            UNDISTURBED.put(people, undisturbed);
        }

        Random random = new Random(seed);
        for (int round = 1; kills.size() < wanted; round++) {
            try (Sandbox stormy = Sandbox.start(options)) {
                // So that a kill finds the process within a call, and not mostly between two.
                EndState.fault(stormy, Map.of("kind", "delay", "delayMillis", CALL_MILLIS, "times", 0));
                InterruptedConnector connector =
                        new InterruptedConnector(stormy, folder.resolve("round " + round), engine);
                for (String sync : syncs) {
                    storm(connector, sync, wanted, undisturbed.calls().get(sync), random);
                }
                assertThat(EndState.of(stormy, connector, syncs).differencesFrom(undisturbed.end()))
                        .as(
                                "round %d of seed %d on %s, killed so far:\n%s",
                                round, seed, engine, String.join("\n", kills))
                        .isEmpty();
            }
        }
        assertThat(kills).as("kills").hasSize(wanted);
    }

    private Undisturbed undisturbed(SandboxOptions options, List<String> syncs) throws Exception {
        try (Sandbox calm = Sandbox.start(options)) {
            InterruptedConnector connector = new InterruptedConnector(calm, folder.resolve("undisturbed"), engine);
            Map<String, Long> calls = new HashMap<>();
            for (String sync : syncs) {
                long before = EndState.calls(calm);
                connector.complete(sync);
                calls.put(sync, EndState.calls(calm) - before);
            }
            EndState end = EndState.of(calm, connector, syncs);
            assertThat(end.facts().keySet())
                    .as("nothing wrong is done when nobody disturbs")
                    .noneMatch(fact -> fact.startsWith("violation"));
            return new Undisturbed(end, calls);
        }
    }

    /** Kills the sync a few times, unless it comes to its end before, and then lets it come to its end. */
    private void storm(InterruptedConnector connector, String sync, int wanted, long calls, Random random)
            throws Exception {
        for (int kill = 0; kill < IN_A_ROW && kills.size() < wanted; kill++) {
            long after = 1 + random.nextLong(calls);
            int millis = random.nextInt(2 * CALL_MILLIS);
            if (!connector.killAfter(sync, after, millis)) {
                return;
            }
            kills.add("kill %d: %s, %d ms after call %d".formatted(kills.size() + 1, sync, millis, after));
        }
        connector.complete(sync);
    }
}
