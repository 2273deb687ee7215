package io.consentbridge.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.config.Settings;
import io.consentbridge.proof.LogVerdict;
import io.consentbridge.proof.SealingKey;
import io.consentbridge.store.Database;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Processes that sequence and are killed at any moment, on every engine. */
@EveryEngine
class SequencingKilledIT extends LedgerFixture {

    private static final byte[] MASTER = new byte[SealingKey.LENGTH];
    private static final int EVENTS = 12_000;
    private static final int KILLS = 4;

    SequencingKilledIT(TestDatabase engine) {
        super(engine);
    }

    @Test
    @DisplayName("A process that is killed while it sequences leaves neither a gap nor a double, and the log verifies")
    void killed() throws Exception {
        database.change(handle -> LedgerRows.append(handle, events(EVENTS)));
        database.close();
        long numbered = 0;
        for (int kill = 0; kill < KILLS && numbered < EVENTS; kill++) {
            Process process = start();
            // The first word comes before the first batch.
            assertThat(process.inputReader().readLine()).isEqualTo("begins");
            if (!process.waitFor(40L * kill + 20, TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
            database = engine.reopen(url);
            numbered = count("ledger_entry");
            assertThat(numbered + count("ledger_event")).isEqualTo(EVENTS);
            database.close();
        }
        database = engine.reopen(url);
        Ledger ledger = ledger(database, folder, "node-last");
        ledger.begin();
        database.change(handle -> handle.execute("update ledger_log set lease_until = started_at"));
        assertThat(ledger.verify(List.of()))
                .isInstanceOfSatisfying(
                        LogVerdict.Sound.class,
                        sound -> assertThat(sound.entries()).isEqualTo(EVENTS));
        assertThat(database.<List<Long>>query(handle -> handle.select("select id from ledger_entry order by id")
                        .mapTo(Long.class)
                        .list()))
                .isEqualTo(LongStream.range(0, EVENTS).boxed().toList());
        assertThat(count("ledger_subject")).isEqualTo(EVENTS);
        assertThat(count("ledger_event")).isZero();
    }

    private Process start() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SequencingKilledIT.class.getName(),
                        url,
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** The process that is killed. */
    public static void main(String[] arguments) {
        TestDatabase engine = TestDatabase.ofUrl(arguments[0]);
        Database database = engine.reopen(arguments[0]);
        Ledger ledger = ledger(
                database,
                Path.of(arguments[1]),
                "node-" + ProcessHandle.current().pid());
        ledger.begin();
        database.change(handle -> handle.execute("update ledger_log set lease_until = started_at"));
        System.out.println("begins");
        ledger.finish(Duration.ofMinutes(1));
        Runtime.getRuntime().halt(0);
    }

    private static Ledger ledger(Database database, Path folder, String node) {
        Settings.Ledger settings = new Settings.Ledger(
                Optional.of(SealingKey.of(MASTER)),
                Optional.empty(),
                folder.resolve("key"),
                new Settings.Checkpoints(
                        Optional.of(folder.resolve("checkpoints.txt")), Optional.empty(), Optional.empty()));
        Clock clock = Clock.systemUTC();
        return new Ledger(database, settings, new Keys(database, settings, clock), clock, node, Duration.ofMinutes(1));
    }
}
