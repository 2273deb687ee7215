package io.consentbridge.runtime;

import io.consentbridge.config.Configuration;
import io.consentbridge.lifecycle.FanOutParts;
import io.consentbridge.polling.RemovalBrake;
import io.consentbridge.run.ListFigures;
import io.consentbridge.run.Run;
import io.consentbridge.sync.Sync;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The gauges of syncs and lists for Prometheus, from the database: the last success, held removals, people on lists. */
final class SyncGauges {

    private final Components.History history;
    private final RemovalBrake brake;
    private final FanOutParts parts;
    private final InstantSource clock;
    private final MultiGauge sinceSuccess;
    private final MultiGauge success;
    private final MultiGauge held;
    private final MultiGauge people;

    SyncGauges(
            MeterRegistry registry,
            Components.History history,
            RemovalBrake brake,
            FanOutParts parts,
            InstantSource clock) {
        this.history = history;
        this.brake = brake;
        this.parts = parts;
        this.clock = clock;
        sinceSuccess = MultiGauge.builder("consentbridge.sync.last.success.age")
                .baseUnit("seconds")
                .description("Age of the last completed run of a sync")
                .register(registry);
        success = MultiGauge.builder("consentbridge.sync.last.success.timestamp")
                .baseUnit("seconds")
                .description("When the last completed run of a sync ended, in seconds since 1970; 0 for never")
                .register(registry);
        held = MultiGauge.builder("consentbridge.removals.held")
                .description("Removals held by the brake or by a failed reading")
                .register(registry);
        people = MultiGauge.builder("consentbridge.list.people")
                .description("People of a list by the last full reading: active, foreign (not subscribed by"
                        + " ConsentBridge), missing (subscribed by it, but gone without a known reason)")
                .register(registry);
    }

    void refresh(Configuration configuration) {
        successes(configuration);
        Map<String, Long> holding = brake.held();
        held.register(
                parts.instructions(configuration).all().stream()
                        .map(Sync::name)
                        .<MultiGauge.Row<?>>map(
                                sync -> MultiGauge.Row.of(Tags.of("sync", sync), holding.getOrDefault(sync, 0L)))
                        .toList(),
                true);
        people.register(people(), true);
    }

    private List<MultiGauge.Row<?>> people() {
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        for (ListFigures.OfList list : history.lists().lists()) {
            rows.add(people(list, "active", list.active()));
            rows.add(people(list, "foreign", list.foreign()));
            rows.add(people(list, "missing", list.missing()));
        }
        return rows;
    }

    private static MultiGauge.Row<?> people(ListFigures.OfList list, String which, long number) {
        return MultiGauge.Row.of(
                Tags.of("connection", list.connection(), "list", list.list(), "people", which), number);
    }

    /** A sync that never completed a run has no age of its last success. */
    private void successes(Configuration configuration) {
        List<MultiGauge.Row<?>> ages = new ArrayList<>();
        List<MultiGauge.Row<?>> times = new ArrayList<>();
        Instant now = clock.instant();
        for (Sync sync : configuration.syncs().values()) {
            Tags tags = Tags.of("sync", sync.name());
            Optional<Instant> end = history.queries().lastCompleted(sync.name()).flatMap(Run::finishedAt);
            end.ifPresent(at ->
                    ages.add(MultiGauge.Row.of(tags, Duration.between(at, now).toSeconds())));
            times.add(MultiGauge.Row.of(tags, end.map(Instant::getEpochSecond).orElse(0L)));
        }
        sinceSuccess.register(ages, true);
        success.register(times, true);
    }
}
