package io.consentbridge.zoho;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * The deadlines of the calls under way, which all allow the same time. One timer waits for the earliest of them. A timer for each
 * call would wake another thread with each call, which costs as much as the call itself (docs/decisions/0016-call-path.md). Safe for
 * many threads.
 */
final class CallDeadlines {

    /** Runs something once after a time. */
    @FunctionalInterface
    interface Timer {

        /** @param nanos the time until then, more than 0 */
        void after(long nanos, Runnable what);

        /** On the thread of the JDK's timer. */
        static void ofTheJdk(long nanos, Runnable what) {
            CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS, Runnable::run)
                    .execute(what);
        }
    }

    private final long most;
    private final LongSupplier nanoTime;
    private final Timer timer;
    private final Set<CallDeadline> underWay = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean waiting = new AtomicBoolean();

    /** @param most the time that a call may take */
    CallDeadlines(Duration most) {
        this(most, System::nanoTime, Timer::ofTheJdk);
    }

    CallDeadlines(Duration most, LongSupplier nanoTime, Timer timer) {
        this.most = most.toNanos();
        this.nanoTime = nanoTime;
        this.timer = timer;
    }

    /**
     * A call begins; it is closed when it ends, in time or not.
     *
     * @param abort closes the connection under the call; runs at most once, on the thread of the timer
     */
    CallDeadline begin(Runnable abort) {
        CallDeadline call = new CallDeadline(nanoTime.getAsLong() + most, abort, underWay);
        underWay.add(call);
        // While the timer waits, it waits for an earlier call than this.
        if (waiting.compareAndSet(false, true)) {
            timer.after(most, this::look);
        }
        return call;
    }

    private void look() {
        long now = nanoTime.getAsLong();
        waitForNext(now);
        for (CallDeadline call : underWay) {
            if (call.remaining(now) <= 0) {
                call.pass();
            }
        }
    }

    private void waitForNext(long now) {
        long next = next(now);
        if (next == Long.MAX_VALUE) {
            waiting.set(false);
            next = next(now); // A call that began meanwhile relies on the timer.
            if (next == Long.MAX_VALUE || !waiting.compareAndSet(false, true)) {
                return;
            }
        }
        timer.after(next, this::look);
    }

    /** The time until the next deadline; the largest number when there is none. */
    private long next(long now) {
        return underWay.stream()
                .mapToLong(call -> call.remaining(now))
                .filter(remaining -> remaining > 0)
                .min()
                .orElse(Long.MAX_VALUE);
    }
}
