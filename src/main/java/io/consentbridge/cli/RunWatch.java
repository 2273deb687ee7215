package io.consentbridge.cli;

import io.consentbridge.api.Operations;
import io.consentbridge.api.RunView;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Watches a run until it is over, by asking again and again with growing pauses. */
final class RunWatch {

    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 1000;
    // An answer counts the records of the run: whoever watches a large one must not slow it down.
    private static final long TIMES_AS_LONG = 20;
    private static final long LONGEST_REST_MILLIS = 5000;

    private RunWatch() {}

    /** The run as it ended. */
    static RunView await(Operations operations, String run, Consumer<RunView> progress) throws InterruptedException {
        long pause = FIRST_PAUSE_MILLIS;
        while (true) {
            long asked = System.nanoTime();
            RunView now = operations.run(run);
            long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - asked);
            progress.accept(now);
            if (now.over()) {
                return now;
            }
            Thread.sleep(Math.max(pause, Math.min(LONGEST_REST_MILLIS, took * TIMES_AS_LONG)));
            pause = Math.min(LONGEST_PAUSE_MILLIS, pause * 3 / 2);
        }
    }
}
