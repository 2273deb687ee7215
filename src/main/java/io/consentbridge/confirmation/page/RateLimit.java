package io.consentbridge.confirmation.page;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts requests by a key, such as an address, within windows of equal length. Its memory is bounded: when too many keys
 * come in one window, the oldest ones are forgotten. Thread-safe.
 */
final class RateLimit {

    private final int most;
    private final Duration window;
    private final InstantSource clock;
    private final Map<String, Integer> counts;
    private Instant ends = Instant.MIN;

    /**
     * @param most requests of a key within a window
     * @param keys how many keys are counted at the same time
     */
    RateLimit(int most, Duration window, int keys, InstantSource clock) {
        this.most = most;
        this.window = window;
        this.clock = clock;
        this.counts = new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
                return size() > keys;
            }
        };
    }

    /** Counts a request, and returns whether it is within the limit. */
    synchronized boolean admits(String key) {
        Instant now = clock.instant();
        // A clock that was set back starts a new window too.
        if (!now.isBefore(ends) || now.plus(window).isBefore(ends)) {
            counts.clear();
            ends = now.plus(window);
        }
        return counts.merge(key, 1, Integer::sum) <= most;
    }
}
