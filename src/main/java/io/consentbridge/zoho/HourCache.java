package io.consentbridge.zoho;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** A cache of one hour for what seldom changes at Zoho. Safe for many threads; failures are not cached. */
public final class HourCache<K, V> {

    private static final Duration HOUR = Duration.ofHours(1);

    private final Map<K, Kept<V>> kept = new ConcurrentHashMap<>();
    private final Clock clock;

    public HourCache(Clock clock) {
        this.clock = clock;
    }

    /** The cached value of the key, else the one that {@code read} returns. */
    public V get(K key, Supplier<V> read) {
        return get(key, HOUR, read);
    }

    /** The cached value of the key if it is not older than {@code within}, else the one that {@code read} returns. */
    public V get(K key, Duration within, Supplier<V> read) {
        Instant now = clock.instant();
        Kept<V> known = kept.get(key);
        if (known == null || !known.since.plus(within).isAfter(now)) {
            known = new Kept<>(read.get(), now);
            kept.put(key, known);
        }
        return known.value;
    }

    /** Removes the key from the cache. */
    public void forget(K key) {
        kept.remove(key);
    }

    private record Kept<V>(V value, Instant since) {}
}
