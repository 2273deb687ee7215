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
 * Requests runs whose schedule in words is due; the step of routes that the template {@code timed-run} makes, bound as
 * {@code dueRuns}. Every node names the same due time, so that one of them gets the run.
 */
public final class DueRuns {

    private final Supplier<Configuration> configuration;
    private final InstantSource clock;
    private final Map<String, Instant> looked = new ConcurrentHashMap<>();

    /** @param configuration the one in force now */
    public DueRuns(Supplier<Configuration> configuration, InstantSource clock) {
        this.configuration = configuration;
        this.clock = clock;
    }

    /** From now on the sync's due times count, unless they did before. */
    public void begin(String sync) {
        looked.putIfAbsent(sync, clock.instant());
    }

    /** The sync's due times do not count any more. */
    public void end(String sync) {
        looked.remove(sync);
    }

    /** A run of the sync when it has come to be due since the last look, however often it has; none otherwise. */
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
