package io.consentbridge.sandbox.campaigns;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/** What the sandbox does at each {@link OpenPoint} at present. Safe for use by several threads. */
public final class Choices {

    private final Map<OpenPoint, Optional<String>> chosen = new ConcurrentHashMap<>();

    /** Chooses; throws {@link IllegalArgumentException} or {@link java.time.DateTimeException} for an impossible value. */
    public void choose(OpenPoint point, String value) {
        point.check(value);
        chosen.put(point, Optional.ofNullable(value));
    }

    /** Returns every point with its value, null for none. */
    public Map<String, String> all() {
        Map<String, String> all = new LinkedHashMap<>();
        for (OpenPoint point : OpenPoint.values()) {
            all.put(point.word(), value(point));
        }
        return all;
    }

    boolean is(OpenPoint point, String word) {
        return word.equals(value(point));
    }

    String value(OpenPoint point) {
        return chosen.getOrDefault(point, Optional.ofNullable(point.first())).orElse(null);
    }

    int number(OpenPoint point) {
        return Integer.parseInt(value(point));
    }

    long millis(OpenPoint point) {
        return duration(point).orElse(0);
    }

    /** Returns the duration in milliseconds, nothing for one without an end. */
    OptionalLong duration(OpenPoint point) {
        String value = value(point);
        return value == null
                ? OptionalLong.empty()
                : OptionalLong.of(Duration.parse(value).toMillis());
    }
}
