package io.consentbridge.zoho;

import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Ends a call that takes too long, from another thread: the thread that reads a reply of one byte every two seconds is never
 * idle for long and would not notice.
 */
final class CallDeadline implements AutoCloseable {

    private enum State {
        UNDER_WAY,
        ENDED,
        PASSED
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.UNDER_WAY);
    private final long endsAt;
    private final Runnable abort;
    private final Set<CallDeadline> underWay;

    /**
     * @param endsAt when the call has taken too long, as {@link System#nanoTime} tells it
     * @param abort closes the connection under the call; runs at most once
     * @param underWay the calls among which this one is until it ends
     */
    CallDeadline(long endsAt, Runnable abort, Set<CallDeadline> underWay) {
        this.endsAt = endsAt;
        this.abort = abort;
        this.underWay = underWay;
    }

    /** The nanoseconds until the call has taken too long; 0 or less when it has. */
    long remaining(long now) {
        return endsAt - now;
    }

    /** Ends the call now, unless it has ended. */
    void pass() {
        if (state.compareAndSet(State.UNDER_WAY, State.PASSED)) {
            abort.run();
        }
    }

    /** Whether the call was ended because it took too long. */
    boolean passed() {
        return state.get() == State.PASSED;
    }

    /** The call has ended; if that was by itself, it cannot pass any more. */
    @Override
    public void close() {
        state.compareAndSet(State.UNDER_WAY, State.ENDED);
        underWay.remove(this);
    }
}
