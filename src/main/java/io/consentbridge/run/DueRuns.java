package io.consentbridge.run;

import io.consentbridge.config.Configuration;
import io.consentbridge.sync.Schedule;
import io.consentbridge.sync.Sync;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.camel.Variable;

/**
 * Requests runs that are due by a schedule in words; the step of the routes that the template {@code timed-run} creates,
 * bound as {@code dueRuns}. Every node computes the same due time, so that only one of them gets the run.
 */
public final class DueRuns {

    private final Supplier<Configuration> configuration;
    private final InstantSource clock;
    private final Map<String, Instant> looked = new ConcurrentHashMap<>();

    /** @param configuration the current configuration */
    public DueRuns(Supplier<Configuration> configuration, InstantSource clock) {
        this.configuration = configuration;
        this.clock = clock;
    }

    /** Begins to watch the sync's due times, unless they are watched already. */
    public void begin(String sync) {
        looked.putIfAbsent(sync, clock.instant());
    }

    /** Stops watching the sync's due times. */
    public void end(String sync) {
        looked.remove(sync);
    }

    /**
     * One run request if the sync has become due since the last call, even if it became due several times; otherwise none.
     */
    public List<RunRequest> due(@Variable("sync") String name) {
        Instant now = clock.instant();
        Instant before = looked.getOrDefault(name, now);
        looked.computeIfPresent(name, (sync, last) -> now.isAfter(last) ? now : last);
        return next(name, before)
                .filter(due -> !due.isAfter(now))
                .map(due -> new RunRequest(name, Run.Cause.SCHEDULE, false, due))
                .stream()
                .toList();
    }

    private Optional<Instant> next(String name, Instant after) {
        Configuration files = configuration.get();
        return Optional.ofNullable(files.syncs().get(name))
                .flatMap(Sync::schedule)
                .filter(Schedule.Every.class::isInstance)
                .map(every -> ((Schedule.Every) every).next(after, zone(files, name)));
    }

    private static ZoneId zone(Configuration files, String name) {
        return files.settings()
                .connections()
                .get(files.syncs().get(name).connection())
                .zone();
    }
}
