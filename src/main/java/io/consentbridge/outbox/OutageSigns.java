package io.consentbridge.outbox;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What tells an outage from a poisoned delivery: how many fail, and whether anybody got through. Safe for many threads. */
final class OutageSigns {

    // How many failures, and no success between them, are no coincidence.
    private static final int MANY = 3;

    private final InstantSource clock;
    private final Map<String, Instant> lastSuccess = new ConcurrentHashMap<>();
    private final Map<String, Set<Long>> failing = new ConcurrentHashMap<>();

    OutageSigns(InstantSource clock) {
        this.clock = clock;
    }

    /** Campaigns answered a delivery of the connection. */
    void gotThrough(String connection) {
        lastSuccess.put(connection, clock.instant());
        failing.remove(connection);
    }

    /**
     * A delivery failed that was first tried then.
     *
     * @return whether nobody got through since, and several have failed
     */
    boolean isLikely(Delivery delivery, Instant started) {
        Instant success = lastSuccess.get(delivery.connection());
        boolean gotThrough = success != null && !success.isBefore(started);
        return !gotThrough && manyFail(delivery);
    }

    private boolean manyFail(Delivery delivery) {
        Set<Long> all = failing.computeIfAbsent(delivery.connection(), first -> new HashSet<>());
        synchronized (all) {
            if (all.size() < MANY) {
                all.add(delivery.id());
            }
            return all.size() >= MANY;
        }
    }
}
