package io.consentbridge.runtime;

import io.consentbridge.config.Configuration;
import io.consentbridge.outbox.Waiting;
import io.consentbridge.quota.QuotaUse;
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

/** What stands in the database, for Prometheus: what waits, what is left of quotas, how old the last success is. */
final class Gauges {

    private final Components parts;
    private final InstantSource clock;
    private final MultiGauge waiting;
    private final MultiGauge quotaLeft;
    private final MultiGauge sinceSuccess;
    private final MultiGauge success;
    private final MultiGauge deadLetters;
    private final MultiGauge held;
    private final MultiGauge heldLists;
    private final MultiGauge people;

    Gauges(MeterRegistry registry, Components parts, InstantSource clock) {
        this.parts = parts;
        this.clock = clock;
        waiting = MultiGauge.builder("consentbridge.deliveries.waiting")
                .description("Deliveries that are due or under way")
                .register(registry);
        quotaLeft = MultiGauge.builder("consentbridge.quota.left")
                .description("Calls that the narrowest window of a method still allows; 0 while Zoho locks it")
                .register(registry);
        sinceSuccess = MultiGauge.builder("consentbridge.sync.last.success.age")
                .baseUnit("seconds")
                .description("Age of the last completed run of a sync")
                .register(registry);
        success = MultiGauge.builder("consentbridge.sync.last.success.timestamp")
                .baseUnit("seconds")
                .description("When the last completed run of a sync ended, in seconds since 1970; 0 for never")
                .register(registry);
        deadLetters = MultiGauge.builder("consentbridge.dead.letters")
                .description("Deliveries that wait for a person's help")
                .register(registry);
        heldLists = MultiGauge.builder("consentbridge.lists.held")
                .description(
                        "Lists to which nobody is subscribed, because they are not what their purpose says or take nobody")
                .register(registry);
        held = MultiGauge.builder("consentbridge.removals.held")
                .description("People who are to leave a list and whom the brake, or a failed reading, holds back")
                .register(registry);
        people = MultiGauge.builder("consentbridge.list.people")
                .description("People of a list by the last reading of everybody: active, foreign (not subscribed by"
                        + " ConsentBridge), missing (subscribed by it, and not there without a reason)")
                .register(registry);
    }

    void refresh(Configuration configuration) {
        List<MultiGauge.Row<?>> waits = new ArrayList<>();
        List<MultiGauge.Row<?>> left = new ArrayList<>();
        List<MultiGauge.Row<?>> lists = new ArrayList<>();
        for (String connection : configuration.settings().connections().keySet()) {
            lists.add(MultiGauge.Row.of(
                    Tags.of("connection", connection),
                    parts.audience().heldLists().of(connection).size()));
            for (Waiting each : parts.outbox().outbox().waiting(connection)) {
                Tags tags = Tags.of(
                        "connection", connection, "action", each.action().word());
                waits.add(MultiGauge.Row.of(tags, each.total()));
            }
            for (String method : configuration.settings().quotas().byMethod().keySet()) {
                left(parts.access().quota().usage(connection, method))
                        .ifPresent(calls -> left.add(
                                MultiGauge.Row.of(Tags.of("connection", connection, "method", method), calls)));
            }
        }
        waiting.register(waits, true);
        heldLists.register(lists, true);
        quotaLeft.register(left, true);
        successes(configuration);
        Map<String, Long> holding = parts.polling().brake().held();
        held.register(
                parts.lifecycle().parts().instructions(configuration).all().stream()
                        .map(Sync::name)
                        .<MultiGauge.Row<?>>map(
                                sync -> MultiGauge.Row.of(Tags.of("sync", sync), holding.getOrDefault(sync, 0L)))
                        .toList(),
                true);
        people.register(people(), true);
        deadLetters.register(
                List.of(MultiGauge.Row.of(
                        Tags.empty(), parts.outbox().deadLetters().count())),
                true);
    }

    private List<MultiGauge.Row<?>> people() {
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        for (ListFigures.OfList list : parts.history().lists().lists()) {
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

    private static Optional<Integer> left(QuotaUse use) {
        if (use.lockedUntil().isPresent()) {
            return Optional.of(0);
        }
        return use.windows().stream()
                .map(each -> Math.max(0, each.window().limit() - each.used()))
                .min(Integer::compare);
    }

    /** A sync that never completed a run has no age. */
    private void successes(Configuration configuration) {
        List<MultiGauge.Row<?>> ages = new ArrayList<>();
        List<MultiGauge.Row<?>> times = new ArrayList<>();
        Instant now = clock.instant();
        for (Sync sync : configuration.syncs().values()) {
            Tags tags = Tags.of("sync", sync.name());
            Optional<Instant> end =
                    parts.history().queries().lastCompleted(sync.name()).flatMap(Run::finishedAt);
            end.ifPresent(at ->
                    ages.add(MultiGauge.Row.of(tags, Duration.between(at, now).toSeconds())));
            times.add(MultiGauge.Row.of(tags, end.map(Instant::getEpochSecond).orElse(0L)));
        }
        sinceSuccess.register(ages, true);
        success.register(times, true);
    }
}
