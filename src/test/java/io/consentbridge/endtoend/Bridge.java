package io.consentbridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.consentbridge.api.DeadLetterView;
import io.consentbridge.api.Operations;
import io.consentbridge.api.PreviewLine;
import io.consentbridge.api.PreviewPage;
import io.consentbridge.api.PreviewView;
import io.consentbridge.api.RunView;
import io.consentbridge.api.RuntimeOperations;
import io.consentbridge.config.Configuration;
import io.consentbridge.outbox.Waiting;
import io.consentbridge.run.RunRequest;
import io.consentbridge.runtime.Extent;
import io.consentbridge.runtime.Options;
import io.consentbridge.runtime.Runtime;
import io.consentbridge.sandbox.Sandbox;
import io.consentbridge.sandbox.SandboxOptions;
import io.consentbridge.store.CountedOutcomes;
import io.consentbridge.sync.Admission;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.awaitility.core.ConditionTimeoutException;

/**
 * The whole product between a sandbox and a test: real routes, real HTTP, a real database. One is made for each class,
 * since it takes a second or two to start; every test has a purpose and a sync of its own.
 */
final class Bridge implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration OFTEN = Duration.ofMillis(20);

    private final Sandbox sandbox;
    private final Zoho zoho;
    private final TestConfig workshop;
    private final Extent extent;
    private final Clock clock;
    private final Consumer<CamelContext> beforeRoutes;
    private Runtime runtime;
    private Operations operations;

    private Bridge(int people, Extent extent, Clock clock) {
        this(people, extent, clock, context -> {});
    }

    private Bridge(int people, Extent extent, Clock clock, Consumer<CamelContext> beforeRoutes) {
        this.extent = extent;
        this.clock = clock;
        this.beforeRoutes = beforeRoutes;
        sandbox = Sandbox.start(SandboxOptions.defaults().withPeople(people).withoutQuotas());
        zoho = new Zoho(sandbox);
        workshop = new TestConfig(sandbox);
    }

    /** A sandbox with that many people, and an open installation with the files that {@code files} writes. */
    static Bridge open(int people, Consumer<TestConfig> files) {
        return open(people, Clock.systemDefaultZone(), files);
    }

    /** The same, on a machine with that clock, whatever time it is at Zoho. */
    static Bridge open(int people, Clock clock, Consumer<TestConfig> files) {
        return open(new Bridge(people, Extent.ROUTES, clock), files);
    }

    /** The same, with a context to which something is added before the routes. */
    static Bridge openPrepared(int people, Consumer<TestConfig> files, Consumer<CamelContext> beforeRoutes) {
        return open(new Bridge(people, Extent.ROUTES, Clock.systemDefaultZone(), beforeRoutes), files);
    }

    /** The same, with timers and schedules that fire, and a context to which something is added before the routes. */
    static Bridge openWhole(int people, Consumer<TestConfig> files, Consumer<CamelContext> beforeRoutes) {
        return open(new Bridge(people, Extent.WHOLE, Clock.systemDefaultZone(), beforeRoutes), files);
    }

    /** The same, with timers and schedules that fire. */
    static Bridge openWithTriggers(int people, Consumer<TestConfig> files) {
        return open(new Bridge(people, Extent.WHOLE, Clock.systemDefaultZone()), files);
    }

    private static Bridge open(Bridge bridge, Consumer<TestConfig> files) {
        files.accept(bridge.workshop);
        bridge.reopen();
        return bridge;
    }

    /** Opens the installation, again if it was open before. */
    void reopen() {
        if (runtime != null) {
            runtime.close();
        }
        runtime = start();
        operations = new RuntimeOperations(runtime, clock);
    }

    /** Another runtime over the same files and database. */
    Runtime start() {
        Options options = new Options(workshop.config(), workshop.routes(), workshop.environment(), extent);
        Configuration configuration = (Configuration) Configuration.load(workshop.config(), workshop.environment());
        return Runtime.open(options, configuration, clock, () -> {}, beforeRoutes);
    }

    /** Asks the open runtime for a run, as a trigger or a command does. */
    Admission request(RunRequest request, Consumer<String> onAdmitted) {
        return request(runtime, request, onAdmitted);
    }

    /** The same of another runtime. */
    static Admission request(Runtime runtime, RunRequest request, Consumer<String> onAdmitted) {
        runtime.work();
        return runtime.launcher().request(request, onAdmitted);
    }

    Zoho zoho() {
        return zoho;
    }

    TestConfig files() {
        return workshop;
    }

    Runtime runtime() {
        return runtime;
    }

    Operations operations() {
        return operations;
    }

    /** Takes over what the test wrote; it must be right. */
    void reload() {
        assertThat(operations.reload().problems()).isEmpty();
    }

    /** Adds a purpose and a sync of one name and takes them over. */
    void letters(String name, String module) {
        workshop.letters(name, module);
        reload();
    }

    /** Runs a sync to its end. */
    RunView run(String sync) {
        return end(begin(sync));
    }

    /** Runs a sync over all its data to its end. */
    RunView runInFull(String sync) {
        return end(operations.startRun(sync, true).run());
    }

    /** Starts a run and returns its id. */
    String begin(String sync) {
        return operations.startRun(sync, false).run();
    }

    /** Awaits the end of a run, with every delivery settled, and sees that its figures balance. */
    RunView end(String run) {
        try {
            await().atMost(PATIENCE)
                    .pollInterval(OFTEN)
                    .until(() -> operations.run(run).over());
        } catch (ConditionTimeoutException late) {
            throw new AssertionError(operations.run(run) + " with " + outbox(), late);
        }
        awaitDeliveries();
        RunView view = operations.run(run);
        assertThat(view.added()
                        + view.readded()
                        + view.duplicate()
                        + view.deleted()
                        + view.deadLettered()
                        + view.ignoredTotal()
                        + view.pending())
                .as("the figures of %s", view)
                .isEqualTo(view.total());
        return view;
    }

    /** A preview that is over, and what it foresaw without the people of whom nothing changes. */
    record Previewed(PreviewView view, List<PreviewLine> lines) {}

    /** Previews a sync to its end, which must be good, and gives the preview up. */
    Previewed preview(String sync, boolean full) {
        String id = operations.startPreview(sync, full).preview();
        await().atMost(PATIENCE)
                .pollInterval(OFTEN)
                .until(() -> operations.preview(id).over());
        PreviewView view = operations.preview(id);
        assertThat(view.state()).as(view.message()).isEqualTo("ready");
        List<PreviewLine> lines = new ArrayList<>();
        String next = "";
        while (next != null) {
            PreviewPage page = operations.previewLines(id, next, false);
            lines.addAll(page.people());
            next = page.next();
        }
        operations.endPreview(id);
        return new Previewed(view, lines);
    }

    /** Runs a sync that must complete, with nothing left pending and no violation seen by the sandbox. */
    RunView complete(String sync) {
        RunView view = run(sync);
        assertThat(view.state()).as(view.message()).isEqualTo("completed");
        assertThat(view.pending()).isZero();
        assertThat(zoho.violations()).isEmpty();
        return view;
    }

    /** Until nothing waits or flies. */
    void awaitDeliveries() {
        try {
            await().atMost(PATIENCE).pollInterval(OFTEN).until(() -> waiting() == 0);
        } catch (ConditionTimeoutException late) {
            throw new AssertionError(outbox(), late);
        }
    }

    private String outbox() {
        return runtime.components().outbox().queries().waiting("main") + ", held "
                + runtime.components().outbox().backoff().current("main") + ", lists "
                + runtime.components().audience().lists().of("main");
    }

    /** Pending deliveries or fly. */
    long waiting() {
        return runtime.components().outbox().queries().waiting("main").stream()
                .mapToLong(Waiting::total)
                .sum();
    }

    /** The dead letters of a sync. */
    List<DeadLetterView> deadLetters(String sync) {
        return operations.deadLetters(10_000).stream()
                .filter(letter -> letter.sync().equals(sync))
                .toList();
    }

    /** A record of somebody new in the module; returns the address. */
    String newcomer(String module, Map<String, Object> more) {
        String email = "p" + UUID.randomUUID().toString().substring(0, 12) + "@c1.example.com";
        zoho.create(module, fields(email, more));
        return email;
    }

    /** What a record needs, and more. */
    static Map<String, Object> fields(String email, Map<String, Object> more) {
        Map<String, Object> fields = new HashMap<>(Map.of("Last_Name", "Doe", "Email", email));
        fields.putAll(more);
        return fields;
    }

    /** Whatever the tests did, nobody was mailed who must not be, and the counters of runs are exact. */
    @Override
    public void close() {
        try {
            assertThat(zoho.violations()).isEmpty();
            if (runtime != null && runtime.database().isThere()) {
                CountedOutcomes.requireExact(runtime.database());
            }
        } finally {
            if (runtime != null) {
                runtime.close();
            }
            sandbox.close();
        }
    }
}
