package io.consentbridge.zoho;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Ends a call that takes too long, from another thread: the thread that reads a reply of one byte every two seconds is never
 * idle for long and would not notice.
 */
final class CallDeadline implements AutoCloseable {

    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    /** @param abort closes the connection under the call; runs at most once, on a thread of the JDK's timer */
    CallDeadline(Duration most, Runnable abort) {
        ended.orTimeout(most.toMillis(), TimeUnit.MILLISECONDS).whenComplete((done, late) -> {
            if (late != null) {
                abort.run();
            }
        });
    }

    /** Ends the call now. */
    void pass() {
        ended.completeExceptionally(new TimeoutException());
    }

    /** Whether the call was ended because it took too long. */
    boolean passed() {
        return ended.isCompletedExceptionally();
    }

    /** Cancels the deadline after the call has ended. */
    @Override
    public void close() {
        ended.complete(null);
    }
}
