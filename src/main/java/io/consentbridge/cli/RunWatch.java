package io.consentbridge.cli;

import io.consentbridge.api.Operations;
import io.consentbridge.api.RunProgress;
import io.consentbridge.api.RunView;
import java.util.function.Consumer;

/** Watches a run until it is over, by asking again and again with growing pauses. */
final class RunWatch {

    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 1000;

    private RunWatch() {}

    /** The run as it ended. */
    static RunView await(Operations operations, String run, Consumer<RunProgress> progress)
            throws InterruptedException {
        long pause = FIRST_PAUSE_MILLIS;
        RunProgress now = operations.progress(run);
        progress.accept(now);
        while (!now.over()) {
            Thread.sleep(pause);
            pause = Math.min(LONGEST_PAUSE_MILLIS, pause * 3 / 2);
            now = operations.progress(run);
            progress.accept(now);
        }
        return operations.run(run);
    }
}
