package io.consentbridge.zoho;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Keeps what seldom changes at Zoho for an hour. Safe for many threads; a failure is not kept. */
public final class HourCache<K, V> {

    private static final Duration HOUR = Duration.ofHours(1);

    private final Map<K, Kept<V>> kept = new ConcurrentHashMap<>();
    private final Clock clock;

    public HourCache(Clock clock) {
        this.clock = clock;
    }

    /** What is known of the key, else what {@code read} brings. */
    public V get(K key, Supplier<V> read) {
        return get(key, HOUR, read);
    }

    /** What is known of the key since no longer than that, else what {@code read} brings. */
    public V get(K key, Duration within, Supplier<V> read) {
        Instant now = clock.instant();
        Kept<V> known = kept.get(key);
        if (known == null || !known.since.plus(within).isAfter(now)) {
            known = new Kept<>(read.get(), now);
            kept.put(key, known);
        }
        return known.value;
    }

    /** Forgets what is known of the key. */
    public void forget(K key) {
        kept.remove(key);
    }

    private record Kept<V>(V value, Instant since) {}
}
