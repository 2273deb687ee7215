package io.consentbridge.runtime;

import io.consentbridge.config.Configuration;
import io.consentbridge.run.RunListener;
import io.consentbridge.run.RunState;
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
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;

/**
 * What Prometheus may ask (docs/operations.md): calls by method and result, runs by result, records by decision, and the
 * {@link Gauges}. Nothing in a tag is personal data. Counts nothing before {@link #watch}. Safe for many threads.
 */
final class Metrics implements CallListener, RunListener {

    private final Map<List<String>, Timer> calls = new ConcurrentHashMap<>();
    private final Map<List<String>, Counter> runs = new ConcurrentHashMap<>();
    private final Map<List<String>, Counter> records = new ConcurrentHashMap<>();
    private volatile MeterRegistry registry;
    private volatile Runnable refresh = () -> {};

    @Override
    public void called(String connection, Api api, String method, String result, Duration took) {
        MeterRegistry now = registry;
        if (now != null) {
            calls.computeIfAbsent(
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

    @Override
    public void ended(String sync, RunState result) {
        MeterRegistry now = registry;
        if (now != null) {
            runs.computeIfAbsent(
                            List.of(sync, result.word()),
                            key -> Counter.builder("consentbridge.runs")
                                    .description("Runs that ended here")
                                    .tags("sync", sync, "result", result.word())
                                    .register(now))
                    .increment();
        }
    }

    @Override
    public void decided(String sync, String decision) {
        MeterRegistry now = registry;
        if (now != null) {
            records.computeIfAbsent(
                            List.of(sync, decision),
                            key -> Counter.builder("consentbridge.records")
                                    .description("Records that were decided here")
                                    .tags("sync", sync, "decision", decision)
                                    .register(now))
                    .increment();
        }
    }

    /** Begins to count in the registry that the runtime serves. */
    void watch(CamelContext context, Parts parts, Supplier<Configuration> configuration, InstantSource clock) {
        MeterRegistry served = context.getRegistry().findSingleByType(MeterRegistry.class);
        if (served == null) {
            return;
        }
        // By hand, because Camel would read an index of all that there are to find these by their names.
        for (MeterBinder usual :
                List.of(new JvmMemoryMetrics(), new JvmGcMetrics(), new JvmThreadMetrics(), new ProcessorMetrics())) {
            usual.bindTo(served);
        }
        Gauges gauges = new Gauges(served, parts, clock);
        refresh = () -> gauges.refresh(configuration.get());
        registry = served;
        refresh();
    }

    /** Brings the gauges up to date; called now and then, so that a scrape costs no query. */
    void refresh() {
        refresh.run();
    }
}
