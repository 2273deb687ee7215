package io.consentbridge.runtime;

import io.consentbridge.campaigns.CampaignsCall;
import io.consentbridge.config.Configuration;
import io.consentbridge.consent.Decision;
import io.consentbridge.lifecycle.FanOutParts;
import io.consentbridge.run.RunListener;
import io.consentbridge.run.RunState;
import io.consentbridge.sync.Sync;
import io.consentbridge.zoho.Api;
import io.consentbridge.zoho.CallListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;

/**
 * The metrics for Prometheus (docs/operations.md): calls by method and result, runs by result, records by decision, and the
 * gauges of deliveries and syncs. No tag holds personal data. Counts nothing before {@link #watch}. Thread-safe.
 */
final class Metrics implements CallListener, RunListener {

    private final Map<List<String>, Timer> calls = new ConcurrentHashMap<>();
    private final Map<List<String>, Counter> runs = new ConcurrentHashMap<>();
    private final Map<List<String>, Counter> records = new ConcurrentHashMap<>();
    private volatile MeterRegistry registry;
    private volatile Runnable refresh = () -> {};

    /** In seconds: most calls take less than one, and calls.deadline defaults to a minute. */
    private static final Duration[] BUCKETS = Stream.of(100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    /**
     * The methods of each API that the product calls, and the results of a call that was answered and of one that was not.
     */
    private static final Map<Api, List<String>> METHODS = Map.of(
            Api.ACCOUNTS,
            List.of("token"),
            Api.CRM,
            List.of("coql", "settings", "deleted", "record", "view"),
            Api.CAMPAIGNS,
            CampaignsCall.METHODS);

    /** The results of every healthy API, and those that operators are told to watch. */
    private static final List<String> RESULTS = List.of("200", "401", "403", "429", "500", "503", "unreachable");

    /** The CRM's answers when there is no data, which are not faults. */
    private static final List<String> NOTHING = List.of("204", "304");

    private static final List<String> DECISIONS = List.of(
            Decision.DELIVER,
            Decision.DELIVER_AS_EXPRESSED,
            Decision.REQUEST_CONSENT,
            Decision.WITHHOLD,
            Decision.SUPPRESS,
            Decision.IGNORE,
            "deleted");

    @Override
    public void called(String connection, Api api, String method, String result, Duration took) {
        MeterRegistry now = registry;
        if (now != null) {
            calls(now, connection, api, method, result).record(took);
        }
    }

    private Timer calls(MeterRegistry now, String connection, Api api, String method, String result) {
        return calls.computeIfAbsent(
                List.of(connection, api.word(), method, result),
                key -> Timer.builder("consentbridge.calls")
                        .description("Calls to Zoho")
                        .serviceLevelObjectives(BUCKETS)
                        .tags("connection", connection, "api", api.word(), "method", method, "result", result)
                        .register(now));
    }

    @Override
    public void ended(String sync, RunState result) {
        MeterRegistry now = registry;
        if (now != null) {
            runs(now, sync, result.word()).increment();
        }
    }

    private Counter runs(MeterRegistry now, String sync, String result) {
        return runs.computeIfAbsent(
                List.of(sync, result),
                key -> Counter.builder("consentbridge.runs")
                        .description("Runs that ended or were braked in this process")
                        .tags("sync", sync, "result", result)
                        .register(now));
    }

    @Override
    public void decided(String sync, String decision) {
        MeterRegistry now = registry;
        if (now != null) {
            records(now, sync, decision).increment();
        }
    }

    private Counter records(MeterRegistry now, String sync, String decision) {
        return records.computeIfAbsent(
                List.of(sync, decision),
                key -> Counter.builder("consentbridge.records")
                        .description("Records that were decided in this process")
                        .tags("sync", sync, "decision", decision)
                        .register(now));
    }

    /** A counter that is absent until its first increase hides that increase from rates and alerts. */
    private void beginAtZero(MeterRegistry now, Collection<String> connections, Collection<String> syncs) {
        for (String connection : connections) {
            METHODS.forEach((api, methods) -> methods.forEach(
                    method -> results(api).forEach(result -> calls(now, connection, api, method, result))));
        }
        for (String sync : syncs) {
            Stream.of(RunState.values())
                    .filter(state -> state.ended() || state == RunState.BRAKED)
                    .forEach(result -> runs(now, sync, result.word()));
            DECISIONS.forEach(decision -> records(now, sync, decision));
        }
    }

    private static List<String> results(Api api) {
        return api == Api.CRM
                ? Stream.concat(RESULTS.stream(), NOTHING.stream()).toList()
                : RESULTS;
    }

    /**
     * Starts to count in the registry that the runtime serves.
     *
     * @param gauges creates the gauges to refresh, from the current configuration
     */
    void watch(
            CamelContext context,
            FanOutParts parts,
            Supplier<Configuration> configuration,
            Function<MeterRegistry, Consumer<Configuration>> gauges) {
        MeterRegistry served = context.getRegistry().findSingleByType(MeterRegistry.class);
        if (served == null) {
            return;
        }
        // The metrics are added by hand, because Camel would read an index of all classes to find them by name.
        for (MeterBinder usual :
                List.of(new JvmMemoryMetrics(), new JvmGcMetrics(), new JvmThreadMetrics(), new ProcessorMetrics())) {
            usual.bindTo(served);
        }
        Consumer<Configuration> others = gauges.apply(served);
        refresh = () -> {
            Configuration files = configuration.get();
            beginAtZero(
                    served,
                    files.settings().connections().keySet(),
                    parts.instructions(files).all().stream().map(Sync::name).toList());
            others.accept(files);
        };
        registry = served;
        refresh();
    }

    /** Updates the gauges; called at intervals, so that a scrape costs no query. */
    void refresh() {
        refresh.run();
    }
}
