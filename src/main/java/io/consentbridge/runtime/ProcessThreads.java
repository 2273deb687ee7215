package io.consentbridge.runtime;

import io.consentbridge.config.Settings;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * The threads of an open installation, besides those of Camel. None of them keeps the process alive.
 *
 * @param deliveries make the calls of batches
 * @param batches claim and settle batches
 * @param runs carry out the reading, one for each run
 * @param clockwork run timers
 */
record ProcessThreads(
        ExecutorService deliveries, ExecutorService batches, ExecutorService runs, ScheduledExecutorService clockwork) {

    private static final int LAST_SECONDS = 1;

    /** Leases are prolonged and the database is watched also while old history is deleted or figures are counted. */
    private static final int TIMERS = 4;

    static ProcessThreads of(Settings.Delivery delivery) {
        return new ProcessThreads(
                new SharedThreads(delivery.connections(), delivery.batches(), named("delivery")),
                Executors.newCachedThreadPool(named("batch")),
                Executors.newCachedThreadPool(named("run")),
                Executors.newScheduledThreadPool(TIMERS, named("clockwork")));
    }

    /** Repeats the work at that interval, the first time after one interval; a failure does not end the repetition. */
    void every(Duration delay, String what, Runnable work) {
        clockwork.scheduleWithFixedDelay(
                () -> Quietly.run(what, work), delay.toMillis(), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Starts no further timer and no further run. */
    void beginNothing() {
        clockwork.shutdown();
        runs.shutdown();
    }

    /** Stops the threads; returns whether all came to rest within a moment. */
    boolean end() throws InterruptedException {
        batches.shutdown();
        deliveries.shutdown();
        return batches.awaitTermination(LAST_SECONDS, TimeUnit.SECONDS)
                && deliveries.awaitTermination(LAST_SECONDS, TimeUnit.SECONDS)
                && runs.awaitTermination(LAST_SECONDS, TimeUnit.SECONDS)
                && clockwork.awaitTermination(LAST_SECONDS, TimeUnit.SECONDS);
    }

    static ThreadFactory named(String name) {
        return work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
