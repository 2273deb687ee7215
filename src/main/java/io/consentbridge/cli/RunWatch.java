package io.consentbridge.cli;

import io.consentbridge.api.Operations;
import io.consentbridge.api.RunProgress;
import io.consentbridge.api.RunView;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Watches a run until it is over. */
final class RunWatch {

    private static final String READING = "reading";

    private RunWatch() {}

    /** Waits for the run's end and returns the run. */
    static RunView await(Operations operations, String run, Consumer<RunProgress> progress)
            throws InterruptedException {
        await(operations, run, progress, RunProgress::over);
        return operations.run(run);
    }

    /** Waits until the run's reading has ended. */
    static void awaitRead(Operations operations, String run, Consumer<RunProgress> progress)
            throws InterruptedException {
        await(operations, run, progress, now -> !now.state().equals(READING));
    }

    private static void await(
            Operations operations, String run, Consumer<RunProgress> progress, Predicate<RunProgress> enough)
            throws InterruptedException {
        PollUntil.until(
                () -> {
                    RunProgress now = operations.progress(run);
                    progress.accept(now);
                    return now;
                },
                enough);
    }
}
