package io.consentbridge.lifecycle;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How long something is left alone that could not be read between runs. What lasts, such as a field that is hidden for a week,
 * must not cost calls every half minute: the rest doubles, and a new configuration ends it. Threads may share it.
 */
final class SweepRests {

    private static final Duration FIRST = Duration.ofSeconds(30);

    private record Rest(Instant until, Duration pause, Object configuration) {}

    private final InstantSource clock;
    private final Duration longest;
    private final Map<String, Rest> rests = new ConcurrentHashMap<>();

    /** @param longest that no rest exceeds */
    SweepRests(InstantSource clock, Duration longest) {
        this.clock = clock;
        this.longest = longest;
    }

    boolean isResting(String name, Object configuration) {
        Rest rest = rests.get(name);
        return rest != null
                && rest.configuration() == configuration
                && rest.until().isAfter(clock.instant());
    }

    /**
     * @param configuration the one in force
     * @param most that no rest exceeds, unless it is shorter than the first
     * @return whether it is the first failure in a row
     */
    boolean failed(String name, Object configuration, Duration most) {
        Rest before = rests.get(name);
        boolean same = before != null && before.configuration() == configuration;
        Duration pause = same ? shorter(before.pause().multipliedBy(2), most) : FIRST;
        rests.put(name, new Rest(clock.instant().plus(pause), pause, configuration));
        return before == null;
    }

    /** @return whether failures had gone before */
    boolean succeeded(String name) {
        return rests.remove(name) != null;
    }

    private Duration shorter(Duration doubled, Duration most) {
        Duration limit = most.compareTo(FIRST) < 0 ? FIRST : most.compareTo(longest) < 0 ? most : longest;
        return doubled.compareTo(limit) < 0 ? doubled : limit;
    }
}
