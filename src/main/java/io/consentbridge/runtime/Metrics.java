package io.consentbridge.runtime;

import io.consentbridge.config.Configuration;
import io.consentbridge.outbox.Waiting;
import io.consentbridge.run.Run;
import io.consentbridge.sync.Sync;
import io.consentbridge.zoho.Api;
import io.consentbridge.zoho.CallListener;
import io.consentbridge.zoho.Connection;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;

/**
 * What Prometheus may ask (docs/operations.md): calls by method and result, runs, records by decision, deliveries waiting,
 * quota left, age of the last successful run. Nothing in a tag is personal data.
 */
final class Metrics implements CallListener {

    private final Map<List<String>, Timer> timers = new ConcurrentHashMap<>();
    private volatile MeterRegistry registry;

    @Override
    public void called(String connection, Api api, String method, String result, Duration took) {
        MeterRegistry now = registry;
        if (now != null) {
            timers.computeIfAbsent(
                            List.of(connection, api.word(), method, result),
                            key -> Timer.builder("consentbridge.calls")
                                    .description("Calls to Zoho")
                                    .tags(
                                            "connection",
                                            connection,
                                            "api",
                                            api.word(),
                                            "method",
                                            method,
                                            "result",
                                            result)
                                    .register(now))
                    .record(took);
        }
    }

    /** Registers the gauges with the registry that the runtime serves. */
    void watch(CamelContext context, Parts parts, Supplier<Configuration> configuration) {
        registry = context.getRegistry().findSingleByType(MeterRegistry.class);
        if (registry == null) {
            return;
        }
        Gauges gauges = new Gauges(registry);
        gauges.refresh(parts, configuration.get());
        this.refresh = () -> gauges.refresh(parts, configuration.get());
    }

    private volatile Runnable refresh = () -> {};

    /** Brings the gauges up to date; called now and then, so that a scrape costs no query. */
    void refresh() {
        refresh.run();
    }

    private static final class Gauges {

        private final MultiGauge waiting;
        private final MultiGauge quotaLeft;
        private final MultiGauge sinceSuccess;
        private final MultiGauge deadLetters;

        Gauges(MeterRegistry registry) {
            waiting = MultiGauge.builder("consentbridge.deliveries.waiting")
                    .description("Deliveries that are due or under way")
                    .register(registry);
            quotaLeft = MultiGauge.builder("consentbridge.quota.left")
                    .description("Calls that the narrowest window of a method still allows")
                    .register(registry);
            sinceSuccess = MultiGauge.builder("consentbridge.sync.last.success.age")
                    .baseUnit("seconds")
                    .description("Age of the last completed run of a sync")
                    .register(registry);
            deadLetters = MultiGauge.builder("consentbridge.dead.letters")
                    .description("Deliveries that wait for a person's help")
                    .register(registry);
        }

        void refresh(Parts parts, Configuration configuration) {
            List<MultiGauge.Row<?>> waits = new ArrayList<>();
            List<MultiGauge.Row<?>> left = new ArrayList<>();
            for (Connection connection : configuration.settings().connections().values()) {
                for (Waiting each : parts.outbox().waiting(connection.name())) {
                    Tags tags = Tags.of(
                            "connection",
                            connection.name(),
                            "action",
                            each.action().word());
                    waits.add(MultiGauge.Row.of(tags, each.total()));
                    parts.quota().usage(connection.name(), each.action().method()).windows().stream()
                            .mapToLong(use -> use.window().limit() - use.used())
                            .min()
                            .ifPresent(calls -> left.add(MultiGauge.Row.of(
                                    Tags.of(
                                            "connection",
                                            connection.name(),
                                            "method",
                                            each.action().method()),
                                    calls)));
                }
            }
            waiting.register(waits, true);
            quotaLeft.register(left, true);
            sinceSuccess.register(ages(parts, configuration), true);
            deadLetters.register(
                    List.of(MultiGauge.Row.of(Tags.empty(), parts.deadLetters().count())), true);
        }

        private static List<MultiGauge.Row<?>> ages(Parts parts, Configuration configuration) {
            List<MultiGauge.Row<?>> ages = new ArrayList<>();
            Instant now = Instant.now();
            for (Sync sync : configuration.syncs().values()) {
                Optional<Instant> end = parts.runs().lastCompleted(sync.name()).flatMap(Run::finishedAt);
                end.ifPresent(at -> ages.add(MultiGauge.Row.of(
                        Tags.of("sync", sync.name()), Duration.between(at, now).toSeconds())));
            }
            return ages;
        }
    }
}
