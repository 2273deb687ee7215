package io.consentbridge.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.consentbridge.outbox.SettlingRuns;
import io.consentbridge.run.NewRun;
import io.consentbridge.run.Run;
import io.consentbridge.run.RunClosing;
import io.consentbridge.run.RunListener;
import io.consentbridge.run.RunQueries;
import io.consentbridge.run.RunState;
import io.consentbridge.run.Runs;
import io.consentbridge.store.Database;
import io.consentbridge.store.EveryEngine;
import io.consentbridge.store.MovedClock;
import io.consentbridge.store.TestDatabase;
import io.consentbridge.zoho.CallCounter;
import io.consentbridge.zoho.CallListener;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The end of runs whose deliveries are settled in several batches, on every engine. */
@EveryEngine
class RunCompletionIT {

    private final TestDatabase engine;
    private final MovedClock clock = new MovedClock();
    private final SettlingRuns settling = new SettlingRuns();

    RunCompletionIT(TestDatabase engine) {
        this.engine = engine;
    }

    private String delivering(Runs runs, String sync) {
        String run = runs.begin(
                        new NewRun(sync, "main", Run.Cause.COMMAND, false, clock.instant(), "node-1"),
                        Duration.ofMinutes(1))
                .orElseThrow();
        runs.read(run);
        return run;
    }

    @Test
    @DisplayName("A run does not end while one of its batches is still being settled; other runs do")
    void settling() {
        try (Database database = engine.open()) {
            Runs runs = new Runs(database, clock);
            RunQueries queries = new RunQueries(database, clock);
            RunCompletion completion = new RunCompletion(
                    queries,
                    runs,
                    new RunClosing(database, clock),
                    new CallCounter(CallListener.NONE),
                    RunListener.NONE,
                    settling,
                    clock);
            String busy = delivering(runs, "news");
            String other = delivering(runs, "letters");
            settling.begin(List.of(busy));
            settling.begin(List.of(busy));

            completion.close(List.of(other));
            settling.end(List.of(busy));
            completion.closeRest();

            assertThat(state(queries, other)).isEqualTo(RunState.COMPLETED);
            assertThat(state(queries, busy)).isEqualTo(RunState.DELIVERING);
            settling.end(List.of(busy));
            completion.close(List.of(busy));
            assertThat(state(queries, busy)).isEqualTo(RunState.COMPLETED);
        }
    }

    @Test
    @DisplayName("A batch whose runs end while another one ends runs does not wait for it, and its runs end too")
    void noQueue() throws Exception {
        try (Database database = engine.open()) {
            Runs runs = new Runs(database, clock);
            RunQueries queries = new RunQueries(database, clock);
            CountDownLatch ending = new CountDownLatch(1);
            CountDownLatch goOn = new CountDownLatch(1);
            RunCompletion completion = new RunCompletion(
                    queries,
                    runs,
                    new RunClosing(database, clock),
                    new CallCounter(CallListener.NONE),
                    new RunListener() {
                        @Override
                        public void ended(String sync, RunState result) {
                            ending.countDown();
                            await(goOn);
                        }

                        @Override
                        public void decided(String sync, String decision) {}
                    },
                    settling,
                    clock);
            String first = delivering(runs, "news");
            CompletableFuture<Void> slow = CompletableFuture.runAsync(() -> completion.close(List.of(first)));
            await(ending);
            String second = delivering(runs, "letters");
            try {
                CompletableFuture.runAsync(completion::closeRest).get(20, TimeUnit.SECONDS);
                assertThat(state(queries, second)).isEqualTo(RunState.DELIVERING);
            } finally {
                goOn.countDown();
            }
            slow.get(20, TimeUnit.SECONDS);

            assertThat(state(queries, first)).isEqualTo(RunState.COMPLETED);
            assertThat(state(queries, second)).isEqualTo(RunState.COMPLETED);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RunState state(RunQueries queries, String run) {
        return queries.show(run).orElseThrow().state();
    }
}
