package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.fail;

import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.TestDatabase;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Random histories of a few lists, syncs and modules, in the installation that {@link HistoryRules} choose by the seed. Each is played by the whole product against the sandbox with a
 * clock that is moved; {@link HistoryTruth} says what has to be true in between and at the end.
 *
 * <p>{@code -Dhistories.seed}, {@code -Dhistories.count} and {@code -Dhistories.seconds} choose the first seed, how many are
 * played, and for how long, shared by the engines; history number n has the seed plus n. One that goes wrong is shortened before it is told.
 */
@EveryEngine
@Timeout(value = 1, unit = TimeUnit.DAYS)
class RandomHistoriesIT {

    private static final long SEED = Long.getLong("histories.seed", 20261127);
    private static final int COUNT = Integer.getInteger("histories.count", Integer.MAX_VALUE);
    private static final int TOLD_EVERY = 500;
    private static final Duration TIME = Duration.ofSeconds(Long.getLong("histories.seconds", 30));
    private static final Duration LONG_TIME = Duration.ofMinutes(5);

    private final TestDatabase engine;

    RandomHistoriesIT(TestDatabase engine) {
        this.engine = engine;
    }

    @Test
    @DisplayName("A random sequence of events mails nobody who refused and misses nobody who may be mailed")
    void histories() {
        play(TIME.dividedBy(TestDatabase.chosen().size()));
    }

    @Test
    @Tag("long")
    @DisplayName("A random sequence of events does the same for five minutes")
    void manyHistories() {
        play(LONG_TIME);
    }

    private void play(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        int played = 0;
        try (HistoryWorlds worlds = new HistoryWorlds(engine)) {
            while (played < COUNT && System.nanoTime() < end) {
                History history = History.of(SEED + played);
                HistoryWorld world = worlds.of(history);
                String wrong = world.play(history);
                if (!wrong.isEmpty()) {
                    fail(told(world, history, wrong));
                }
                played++;
                if (played % TOLD_EVERY == 0) {
                    tell(played);
                }
            }
        }
        tell(played);
    }

    /** As it went wrong at first, and shortened where it goes wrong again: what a kill meets depends on the moment. */
    private String told(HistoryWorld world, History history, String wrong) {
        String first = world.log();
        History shortest = history.shortest(shorter -> !world.play(shorter).isEmpty());
        String again = world.play(shortest);
        return "history %d on %s, %s\n%s\n%s\n%s"
                .formatted(
                        history.seed(),
                        engine,
                        world,
                        first,
                        wrong,
                        again.isEmpty() ? "It did not go wrong again." : "Shortened:\n" + world.log() + "\n" + again);
    }

    private void tell(int played) {
        System.out.printf("%d histories of seed %d were played on %s.%n", played, SEED, engine);
    }
}
