package io.consentbridge.outbox;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Methods that the credential has no scope for. The first refusal is told in one line; after growing pauses a few calls try
 * whether the scope has been given since, and its success is told too. Safe for many threads.
 */
public final class UnscopedMethods {

    private static final Logger LOG = LoggerFactory.getLogger(UnscopedMethods.class);

    private record State(Instant until, int inARow) {}

    private final IntFunction<Duration> pause;
    private final InstantSource clock;
    private final Map<String, State> refused = new ConcurrentHashMap<>();

    /** @param pause how long a pause is after so many of them */
    public UnscopedMethods(IntFunction<Duration> pause, InstantSource clock) {
        this.pause = pause;
        this.clock = clock;
    }

    /**
     * A call was refused.
     *
     * @param method the connection and the method
     * @param message what was refused, and what to do
     * @return until when no call of the method is made; the same for each call that left before that is known
     */
    public synchronized Instant refused(String method, String message) {
        Instant now = clock.instant();
        State before = refused.get(method);
        if (before != null && before.until().isAfter(now)) {
            return before.until();
        }
        int inARow = before == null ? 0 : before.inARow() + 1;
        State held = new State(now.plus(pause.apply(inARow)), inARow);
        refused.put(method, held);
        if (before == null) {
            LOG.warn("{}; only these deliveries wait, and they are retried", message);
        }
        return held.until();
    }

    /** A call was answered. */
    public void answered(String method) {
        if (refused.remove(method) != null) {
            LOG.info("{} is no longer refused; deliveries resume", method);
        }
    }
}
