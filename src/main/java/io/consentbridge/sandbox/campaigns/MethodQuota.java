package io.consentbridge.sandbox.campaigns;

import java.util.Arrays;
import java.util.List;

/** Counts the calls of one method against its sliding windows; a method whose limit is exceeded is locked for a while. */
final class MethodQuota {

    private static final long NEVER = Long.MIN_VALUE;

    private final List<Window> windows;
    private final long lock;
    private final long[] times;
    private int next;
    private long lockedUntil = NEVER;
    private long lockedOut;
    private long refused;

    MethodQuota(long lock, Window... windows) {
        this.windows = List.of(windows);
        this.lock = lock;
        this.times =
                new long[this.windows.stream().mapToInt(Window::calls).max().orElseThrow()];
        Arrays.fill(times, NEVER);
    }

    /** Counts a call; returns false when it exceeds the limit or comes during a lock. */
    synchronized boolean take(long now) {
        if (now < lockedUntil) {
            refused++;
            return false;
        }
        for (Window window : windows) {
            long earlier = times[Math.floorMod(next - window.calls(), times.length)];
            if (earlier != NEVER && now - earlier < window.millis()) {
                lockedUntil = now + lock;
                lockedOut++;
                refused++;
                return false;
            }
        }
        times[next] = now;
        next = (next + 1) % times.length;
        return true;
    }

    synchronized void clear() {
        Arrays.fill(times, NEVER);
        lockedUntil = NEVER;
    }

    synchronized long lockedOut() {
        return lockedOut;
    }

    synchronized long refused() {
        return refused;
    }

    synchronized long lockedUntil() {
        return lockedUntil == NEVER ? 0 : lockedUntil;
    }
}
