package io.consentbridge.run;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How long the CRM of a connection is left alone after its refusals could not be read. What lasts, such as a field that is hidden
 * for a week, must not cost calls every half minute: the rest doubles, and a new configuration ends it. Threads may share it.
 */
final class SweepRests {

    private static final Duration FIRST = Duration.ofSeconds(30);
    // Deliveries wait meanwhile, also where opt-outs are carried over once a day.
    private static final Duration LONGEST = Duration.ofMinutes(15);

    private record Rest(Instant until, Duration pause, Object configuration) {}

    private final InstantSource clock;
    private final Map<String, Rest> rests = new ConcurrentHashMap<>();

    SweepRests(InstantSource clock) {
        this.clock = clock;
    }

    boolean isResting(String connection, Object configuration) {
        Rest rest = rests.get(connection);
        return rest != null
                && rest.configuration() == configuration
                && rest.until().isAfter(clock.instant());
    }

    /**
     * @param configuration the one in force
     * @param most that no rest exceeds, unless it is shorter than the first
     * @return whether it is the first failure in a row
     */
    boolean failed(String connection, Object configuration, Duration most) {
        Rest before = rests.get(connection);
        boolean same = before != null && before.configuration() == configuration;
        Duration pause = same ? shorter(before.pause().multipliedBy(2), most) : FIRST;
        rests.put(connection, new Rest(clock.instant().plus(pause), pause, configuration));
        return before == null;
    }

    /** @return whether failures had gone before */
    boolean succeeded(String connection) {
        return rests.remove(connection) != null;
    }

    private static Duration shorter(Duration doubled, Duration most) {
        Duration limit = most.compareTo(FIRST) < 0 ? FIRST : most.compareTo(LONGEST) < 0 ? most : LONGEST;
        return doubled.compareTo(limit) < 0 ? doubled : limit;
    }
}
