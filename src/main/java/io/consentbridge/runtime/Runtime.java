package io.consentbridge.runtime;

import io.consentbridge.campaigns.CampaignsBeans;
import io.consentbridge.config.Configuration;
import io.consentbridge.config.Problem;
import io.consentbridge.config.Settings;
import io.consentbridge.consent.ListName;
import io.consentbridge.crm.CrmBeans;
import io.consentbridge.lifecycle.ConnectionSyncs;
import io.consentbridge.lifecycle.SyncCatalog;
import io.consentbridge.outbox.SettlementGatherer;
import io.consentbridge.run.ActiveRun;
import io.consentbridge.run.Carried;
import io.consentbridge.run.HistoryRetention;
import io.consentbridge.run.RunRequest;
import io.consentbridge.store.Database;
import io.consentbridge.store.DatabaseFault;
import io.consentbridge.store.TemporaryFolder;
import io.consentbridge.sync.Admission;
import io.consentbridge.sync.Sync;
import io.consentbridge.zoho.CallCounter;
import io.consentbridge.zoho.Connection;
import io.consentbridge.zoho.Failures;
import io.consentbridge.zoho.ZohoFault;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.main.Main;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;
import org.apache.camel.support.DefaultExchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * One open installation: database, parts and routes. A full one also fires schedules and serves HTTP; any other does only
 * what it is asked, and delivers meanwhile.
 */
public final class Runtime implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Runtime.class);
    private static final Duration PRUNE_EVERY = Duration.ofDays(1);
    private static final int METRICS_SECONDS = 10;
    private static final Duration TO_COME_TO_REST = Duration.ofMinutes(1);

    /** How long calls under way may take when the runtime is closed; a service manager waits ten seconds at most. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private static final int LAST_SECONDS = 1;

    private final Options options;
    private final AtomicReference<Configuration> configuration;
    private final Database database;
    private final Main main;
    private final Components components;
    private final Metrics metrics;
    private final ExecutorService deliveryThreads;
    private final ExecutorService runThreads;
    private final ScheduledExecutorService clockwork;
    private final ProducerTemplate template;
    private final Schedules schedules;
    private final LiveRoutes routes;
    private final Previews previews;
    private final Clock clock;
    private Instant pruned = Instant.EPOCH;
    private final Set<String> takenOver = ConcurrentHashMap.newKeySet();
    private final Set<Carried> carrying = ConcurrentHashMap.newKeySet();
    private boolean working;
    private boolean closed;

    private Runtime(
            Options options, Configuration first, Clock clock, Runnable storeLost, Consumer<CamelContext> beforeRoutes)
            throws Exception {
        this.options = options;
        this.clock = clock;
        this.configuration = new AtomicReference<>(first);
        Settings settings = first.settings();
        Future<Database> opening = opening(settings.database(), options.looking());
        this.metrics = new Metrics();
        this.deliveryThreads = Executors.newFixedThreadPool(settings.delivery().connections(), named("delivery"));
        this.runThreads = Executors.newCachedThreadPool(named("run"));
        this.clockwork = Executors.newSingleThreadScheduledExecutor(named("clockwork"));
        this.main = CamelMain.of(settings, options);
        try {
            main.init();
        } finally {
            this.database = opened(opening);
        }
        CamelContext context = main.getCamelContext();
        this.template = context.createProducerTemplate();
        ThisProcess process = new ThisProcess(NodeName.name(), new CallCounter(metrics), clock);
        this.components = new Assembly(
                        database,
                        template,
                        configuration::get,
                        metrics,
                        process,
                        ExternalAccess.full(database, configuration::get, process))
                .components();
        components.beans().forEach(context.getRegistry()::bind);
        context.getRegistry().bind("deliveryThreads", deliveryThreads);
        context.getRegistry().bind("runInBackground", (Processor) this::runInBackground);
        context.getRegistry().bind("gatherPage", new GroupedBodyAggregationStrategy());
        context.getRegistry().bind("gatherSettlements", new SettlementGatherer());
        CrmBeans.bind(context.getRegistry(), components.access().tokens(), clock);
        CampaignsBeans.bind(context.getRegistry(), clock, components.access().quota()::lock);
        RouteFiles files = options.extent().hasRoutes() ? RouteFiles.read(options.routes()) : RouteFiles.none();
        this.routes = new LiveRoutes(context, files);
        this.previews = new Previews(
                () -> new PreviewContext.Stage(context, routes.inForce(), components, process),
                database,
                runThreads,
                clock);
        if (options.extent().triggers()) {
            PassedOverRoutes.in(options.routes(), configuration.get().settings())
                    .forEach(passedOver -> LOG.warn("{}", passedOver));
            withdrawMissing();
        }
        start(files, beforeRoutes);
        this.schedules = new Schedules(
                context,
                components.lifecycle().activation(),
                components.history().due(),
                options.extent().triggers());
        if (options.extent().serves()) {
            work();
        }
        if (options.extent().triggers()) {
            clockwork.execute(TemporaryFolder::removeLeft);
            StoreWatch watch = new StoreWatch(database, clock, storeLost);
            clockwork.scheduleWithFixedDelay(
                    () -> quietly("watching over the database", watch::look), 1, 1, TimeUnit.SECONDS);
        }
    }

    /**
     * Opens an installation.
     *
     * @param configuration its configuration, without a mistake
     * @throws io.consentbridge.store.DatabaseFault when the database cannot be opened
     * @throws RuntimeFault when the routes cannot be started
     */
    public static Runtime open(Options options, Configuration configuration, Clock clock) {
        return open(options, configuration, clock, () -> {}, context -> {});
    }

    /**
     * Opens an installation, as {@link #open(Options, Configuration, Clock)} does.
     *
     * @param storeLost ends the process; called by a full runtime whose embedded database does not come back by itself
     * @param beforeRoutes adds to the context what routes need, before the first of them starts
     */
    public static Runtime open(
            Options options,
            Configuration configuration,
            Clock clock,
            Runnable storeLost,
            Consumer<CamelContext> beforeRoutes) {
        try {
            return new Runtime(options, configuration, clock, storeLost, beforeRoutes);
        } catch (RuntimeException told) {
            Optional<RuntimeFault> ofCamel = CamelProperties.fault(options, configuration.settings(), told);
            throw ofCamel.isPresent() ? ofCamel.get() : told;
        } catch (Exception failure) {
            throw new RuntimeFault(
                    "the routes in " + options.routes() + " could not be started: " + failure.getMessage(), failure);
        }
    }

    /** The database and Camel take about as long to come up, and neither needs the other for it. */
    private static Future<Database> opening(Settings.Database at, boolean looking) {
        FutureTask<Database> opening = new FutureTask<>(() -> looking
                ? Database.look(at.url(), at.user(), at.password())
                : Database.open(at.url(), at.user(), at.password()));
        named("database").newThread(opening).start();
        return opening;
    }

    private static Database opened(Future<Database> opening) throws Exception {
        try {
            return opening.get();
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof Exception told ? told : failure;
        }
    }

    private void start(RouteFiles files, Consumer<CamelContext> beforeRoutes) {
        try {
            beforeRoutes.accept(main.getCamelContext());
        } catch (RuntimeException | Error told) {
            giveUp();
            throw told;
        }
        try {
            files.addTo(main.getCamelContext());
            if (options.extent().hasRoutes()) {
                main.start();
            }
        } catch (RuntimeFault told) {
            giveUp();
            throw told;
        } catch (Exception broken) {
            giveUp();
            Problem problem = files.problem(broken);
            throw new RuntimeFault(
                    "the routes could not be started: " + problem.file() + ":" + problem.line() + ": " + problem.what(),
                    broken);
        }
    }

    private void giveUp() {
        quietly("ending what had started", main::stop);
        database.close();
    }

    /**
     * Begins to work: goes on with interrupted runs, delivers, watches. One that serves the API does so by itself; any other
     * only when it is asked to run something, because a command that looks or checks changes nothing. Calling it again does
     * nothing.
     */
    public synchronized void work() {
        if (working) {
            return;
        }
        working = true;
        if (!options.extent().triggers()) {
            withdrawMissing();
        }
        settleStates();
        if (database.embedded()) {
            components.history().runs().abandonAll();
            components.outbox().outbox().abandonAll();
        }
        takeOverRuns();
        long third = Math.max(1, configuration.get().settings().lease().toSeconds() / 3);
        clockwork.scheduleWithFixedDelay(this::keepWatch, third, third, TimeUnit.SECONDS);
        if (options.extent().serves()) {
            HealthCheckRegistry checks = HealthCheckRegistry.get(main.getCamelContext());
            checks.register(new DatabaseHealthCheck(database));
            checks.register(
                    new HeldRemovalsHealthCheck(database, components.polling().brake()));
            checks.register(new HeldListsHealthCheck(
                    database,
                    components.audience().heldLists(),
                    () -> configuration.get().settings().connections().keySet()));
            metrics.watch(main.getCamelContext(), components, configuration::get, clock);
            clockwork.scheduleWithFixedDelay(
                    () -> quietly("measuring", metrics::refresh), METRICS_SECONDS, METRICS_SECONDS, TimeUnit.SECONDS);
        }
        if (options.extent().triggers()) {
            schedules.fit(configuration.get());
            runThreads.execute(() -> quietly("looking at the scopes of the credentials", this::checkScopes));
            if (configuration.get().settings().catchUp()) {
                quietly("making up for missed runs", this::catchUp);
            }
        }
        StartingRoutes.startDelivering(context());
    }

    /** Zoho that does not answer, or refuses the credential, is told by whatever runs first. */
    private void checkScopes() {
        Configuration files = configuration.get();
        for (Connection connection : files.settings().connections().values()) {
            ScopeCheck check = new ScopeCheck(components, files, connection);
            if (check.isNeeded()) {
                try {
                    check.look().missing().forEach(missing -> LOG.warn("{}; see: consentbridge check", missing));
                } catch (ZohoFault fault) {
                    LOG.debug("{}", fault.getMessage());
                }
            }
        }
    }

    /** The configuration in force. */
    public Configuration configuration() {
        return configuration.get();
    }

    public Options options() {
        return options;
    }

    /** What it consists of. */
    public Components components() {
        return components;
    }

    public Database database() {
        return database;
    }

    public CamelContext context() {
        return main.getCamelContext();
    }

    /** The triggers of active syncs. */
    public Schedules schedules() {
        return schedules;
    }

    /**
     * What the files need of a connection and its credential may not do, a sentence each, by what Zoho said last of the
     * credential; empty when that is not known. Asks Zoho nothing.
     */
    public Optional<List<String>> missingScopes(Connection connection) {
        return new ScopeCheck(components, configuration.get(), connection)
                .known()
                .map(ScopeCheck.Result::missing);
    }

    /** What runs would do. */
    public Previews previews() {
        return previews;
    }

    /** Whether it stays up for others, who ask it over its API, and delivers by itself. */
    public boolean serves() {
        return options.extent().serves();
    }

    /** Whether schedules fire. */
    public boolean full() {
        return options.extent().triggers();
    }

    /** Whether this process goes on with a run that another had begun. */
    public boolean hasTakenOver(String runId) {
        return takenOver.contains(runId);
    }

    /**
     * Takes changed routes, purposes and syncs over, or, when anything is broken, nothing. Runs that are under way keep
     * their sync as it was, and go on over changed routes at their next page; settings need a restart.
     */
    public synchronized Reload.Result reload() {
        RouteQuiescence standstill = new RouteQuiescence(
                context(), components.lifecycle().flow(), components.poller(), TO_COME_TO_REST, () -> {
                    if (working) {
                        StartingRoutes.startDelivering(context());
                        resumeRuns();
                    }
                });
        Configuration before = configuration.get();
        Reload.Result result = new Reload(options, routes, standstill).from(before, configuration::set);
        schedules.fit(configuration.get());
        forgetGone(before, configuration.get());
        List<String> off = working ? settleStates() : List.of();
        schedules.fit(configuration.get());
        return result.problems().isEmpty() ? result.with(off) : result;
    }

    /**
     * Admits a run and, when it was admitted, lets it go on in the background.
     *
     * @param onAdmitted gets the id of the admitted run before it begins to read
     */
    public Admission order(RunRequest order, Consumer<String> onAdmitted) {
        work();
        Exchange answer = new DefaultExchange(context());
        answer.getMessage().setBody(order);
        answer.setPattern(ExchangePattern.InOut);
        Carried admitted = Carried.place(answer);
        template.send("direct:admit-run", answer);
        if (answer.getException() != null) {
            admitted.run()
                    .ifPresent(run -> quietly(
                            "ending run " + run.id(),
                            () -> components.lifecycle().flow().carriedOut(run, answer.getException())));
            throw Failures.unwrapped(answer.getException()) instanceof RuntimeException told
                    ? told
                    : new RuntimeFault(Failures.text(answer.getException()), answer.getException());
        }
        admitted.run().ifPresent(run -> {
            onAdmitted.accept(run.id());
            carryOut(run);
        });
        return answer.getMessage().getBody(Admission.class);
    }

    private void carryOut(ActiveRun run) {
        runThreads.execute(() -> carry("direct:carry-out-run", exchange -> Carried.place(exchange, run)));
    }

    /** To the end, whatever comes out of the routes: nobody else would tell of it. */
    private void carry(String route, Function<Exchange, Carried> begin) {
        Exchange exchange = new DefaultExchange(context());
        Carried carried = begin.apply(exchange);
        carrying.add(carried);
        Throwable failure;
        try {
            template.send(route, exchange);
            failure = exchange.getException();
        } catch (RuntimeException | Error escaped) {
            failure = escaped;
        } finally {
            carrying.remove(carried);
        }
        Optional<ActiveRun> run = carried.run();
        if (run.isPresent()) {
            Throwable cause = Carried.cause(exchange, run.get(), failure);
            quietly(
                    "ending run " + run.get().id(),
                    () -> components.lifecycle().flow().carriedOut(run.get(), cause));
        } else if (failure != null) {
            LOG.error("A run could not be begun: {}", Failures.text(failure));
        }
    }

    /** A trigger only orders its run, so that it can be changed or taken away while the run is under way. */
    private void runInBackground(Exchange triggered) {
        inBackground(triggered.getMessage().getBody(RunRequest.class));
    }

    private void inBackground(RunRequest order) {
        runThreads.execute(() -> carry("direct:run-sync", exchange -> {
            exchange.getMessage().setBody(order);
            return Carried.place(exchange);
        }));
    }

    private void catchUp() {
        new MissedRuns(components.lifecycle().activation(), components.history().queries())
                .at(clock.instant(), configuration.get())
                .forEach(this::inBackground);
    }

    private void takeOverRuns() {
        takenOver.addAll(resumeRuns());
    }

    /** Goes on with the runs that nobody reads any more; returns their ids. */
    private List<String> resumeRuns() {
        List<String> resumed = new ArrayList<>();
        for (Optional<ActiveRun> run = components.lifecycle().flow().takeOver();
                run.isPresent();
                run = components.lifecycle().flow().takeOver()) {
            resumed.add(run.get().id());
            carryOut(run.get());
        }
        return resumed;
    }

    private void keepWatch() {
        quietly("watching over runs", () -> {
            components.lifecycle().flow().failLeft();
            components.lifecycle().flow().keepLeases(carrying);
            takeOverRuns();
            components.lifecycle().flow().close(List.of());
            previews.forgetOld();
            forgetOldRuns();
        });
    }

    private void forgetOldRuns() {
        int keepDays = configuration.get().settings().historyKeepDays();
        Instant now = clock.instant();
        if (keepDays > 0 && pruned.plus(PRUNE_EVERY).isBefore(now)) {
            pruned = now;
            components.history().retention().prune(Math.max(keepDays, HistoryRetention.LEAST_DAYS));
        }
    }

    private void quietly(String what, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error failure) {
            // Whatever it is: a timer whose work throws never fires again.
            LOG.atLevel(DatabaseFault.away(failure) ? Level.DEBUG : Level.ERROR)
                    .log("{} failed and is tried again: {}", what, Failures.text(failure));
        }
    }

    private void forgetGone(Configuration before, Configuration after) {
        SyncCatalog were = components.lifecycle().parts().instructions(before);
        SyncCatalog are = components.lifecycle().parts().instructions(after);
        for (Sync sync : before.syncs().values()) {
            Sync now = after.syncs().get(sync.name());
            if (now == null) {
                forget(sync, were, are);
            }
            if (sync.hasParts() && (now == null || !now.hasParts())) {
                were.partsOf(sync.name()).forEach(part -> forget(part, were, are));
                components.lifecycle().parts().forget(sync.name());
            }
        }
    }

    private void forget(Sync gone, SyncCatalog before, SyncCatalog after) {
        String list = before.purpose(gone).list();
        List<String> sharing = after.all().stream()
                .filter(sync -> !sync.name().equals(gone.name()))
                .filter(sync -> sync.connection().equals(gone.connection()))
                .filter(sync -> ListName.same(after.purpose(sync).list(), list))
                .map(Sync::name)
                .toList();
        components.lifecycle().deleted().forget(gone.name(), sharing);
    }

    // Before anything is delivered. Of several processes each has a folder of its own, which may be an older one.
    private void withdrawMissing() {
        if (database.embedded()) {
            components
                    .lifecycle()
                    .deleted()
                    .withdrawMissing(components.lifecycle().parts().instructions(configuration.get()));
        }
    }

    /** Writes down which syncs a changed credential or a limit keeps off, and says so. */
    private List<String> settleStates() {
        Configuration now = configuration.get();
        List<String> off = now.settings().connections().values().stream()
                .flatMap(connection ->
                        components.lifecycle().activation().settle(ConnectionSyncs.of(now, connection)).stream())
                .toList();
        off.forEach(each -> LOG.warn("{}", each));
        return off;
    }

    /**
     * Stops in good order: no call and no claim begins, those under way are finished or after a while given up, and what is
     * claimed and has not left is given back.
     */
    @Override
    public void close() {
        // At once: a reload that has this lock waits until what is under way comes to rest.
        components.access().stop().stop();
        components.lifecycle().flow().stop();
        components.poller().stop();
        stop();
    }

    private synchronized void stop() {
        if (closed) {
            return;
        }
        closed = true;
        clockwork.shutdown();
        CompletableFuture<Void> grace =
                new CompletableFuture<Void>().completeOnTimeout(null, GRACE.toMillis(), TimeUnit.MILLISECONDS);
        grace.thenRun(components.access().stop()::giveUp);
        quietly("giving previews up", previews::close);
        runThreads.shutdown();
        boolean atRest = false;
        try {
            main.stop();
            deliveryThreads.shutdown();
            atRest = deliveryThreads.awaitTermination(LAST_SECONDS, TimeUnit.SECONDS)
                    && runThreads.awaitTermination(LAST_SECONDS, TimeUnit.SECONDS)
                    && clockwork.awaitTermination(LAST_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            grace.cancel(false);
            if (atRest) {
                quietly("giving claims back", components.poller()::handBack);
            }
            database.close();
        }
    }

    private static java.util.concurrent.ThreadFactory named(String name) {
        return work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
