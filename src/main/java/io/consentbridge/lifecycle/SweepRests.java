package io.consentbridge.lifecycle;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Decides how long something that could not be read between runs is left alone. A lasting cause, such as a field that is
 * hidden for a week, must not cost calls every half minute: the wait doubles with each failure, and a new configuration ends
 * it. Threads may share it.
 */
final class SweepRests {

    private static final Duration FIRST = Duration.ofSeconds(30);

    private record Rest(Instant until, Duration pause, Object configuration) {}

    private final InstantSource clock;
    private final Duration longest;
    private final Map<String, Rest> rests = new ConcurrentHashMap<>();

    /** @param longest the longest wait */
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
     * @param configuration the current configuration
     * @param most the longest wait here, unless it is shorter than the first one
     * @return whether it is the first failure in a row
     */
    boolean failed(String name, Object configuration, Duration most) {
        Rest before = rests.get(name);
        boolean same = before != null && before.configuration() == configuration;
        Duration pause = same ? shorter(before.pause().multipliedBy(2), most) : FIRST;
        rests.put(name, new Rest(clock.instant().plus(pause), pause, configuration));
        return before == null;
    }

    /** @return whether failures preceded this success */
    boolean succeeded(String name) {
        return rests.remove(name) != null;
    }

    private Duration shorter(Duration doubled, Duration most) {
        Duration limit = most.compareTo(FIRST) < 0 ? FIRST : most.compareTo(longest) < 0 ? most : longest;
        return doubled.compareTo(limit) < 0 ? doubled : limit;
    }
}
