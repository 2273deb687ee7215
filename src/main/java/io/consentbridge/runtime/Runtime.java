package io.consentbridge.runtime;

import io.consentbridge.campaigns.CampaignsBeans;
import io.consentbridge.config.Configuration;
import io.consentbridge.confirmation.ListTrials;
import io.consentbridge.confirmation.Trials;
import io.consentbridge.confirmation.mail.ConfirmationMail;
import io.consentbridge.confirmation.mail.TrialMails;
import io.consentbridge.confirmation.page.StoredRequests;
import io.consentbridge.confirmation.page.TrialRequests;
import io.consentbridge.crm.CrmBeans;
import io.consentbridge.outbox.SettlementGatherer;
import io.consentbridge.run.RunRequest;
import io.consentbridge.store.Database;
import io.consentbridge.store.TemporaryFolder;
import io.consentbridge.zoho.CallCounter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.main.Main;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;
import org.apache.camel.spi.Registry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One open installation: database, components and routes. It starts, takes over changed files, and stops. A runtime with
 * triggers also fires schedules; any other does only what it is asked, and delivers while it is open.
 */
public final class Runtime implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Runtime.class);
    private static final Duration OFTEN = Duration.ofSeconds(1);
    private static final Duration LEDGER_EVERY = Duration.ofSeconds(5);
    private static final Duration MEASURED_EVERY = Duration.ofSeconds(10);
    private static final Duration TO_COME_TO_REST = Duration.ofMinutes(1);

    /** How long calls under way may take when the runtime is closed; a service manager waits ten seconds at most. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Options options;
    private final AtomicReference<Configuration> configuration;
    private final Clock clock;
    private final Metrics metrics = new Metrics();
    private final ProcessThreads threads;
    private final Main main;
    private final Database database;
    private final Components components;
    private final RunLauncher launcher;
    private final LiveRoutes routes;
    private final Previews previews;
    private final Schedules schedules;
    private final Housekeeping housekeeping;
    private final StoreWatch storeWatch;
    private final Reload reload;
    private final CredentialScopes scopes;
    private final PublicPageHost page;
    private boolean working;
    private boolean closed;

    private Runtime(
            Options options, Configuration first, Clock clock, Runnable storeLost, Consumer<CamelContext> beforeRoutes)
            throws Exception {
        this.options = options;
        this.clock = clock;
        configuration = new AtomicReference<>(first);
        Opening opening = Opening.of(first.settings().database(), options.looking());
        threads = ProcessThreads.of(first.settings().delivery());
        main = CamelMain.of(first.settings(), options);
        try {
            main.init();
        } finally {
            database = opening.await();
        }
        CamelContext context = main.getCamelContext();
        ProducerTemplate template = context.createProducerTemplate();
        ThisProcess process = new ThisProcess(NodeName.name(), new CallCounter(metrics), clock);
        ExternalAccess access = ExternalAccess.full(database, configuration::get, process);
        Assembly assembly = new Assembly(database, template, configuration::get, metrics, process, access);
        components = assembly.components();
        launcher = new RunLauncher(context, template, components.lifecycle().flow(), threads.runs());
        bind(context.getRegistry(), assembly.beans());
        RouteFiles files = options.extent().hasRoutes() ? RouteFiles.read(options.routes()) : RouteFiles.none();
        routes = new LiveRoutes(context, files);
        previews = new Previews(
                () -> new PreviewContext.Stage(context, routes.inForce(), components, process),
                database,
                threads.runs(),
                clock);
        schedules = new Schedules(
                context,
                components.lifecycle().activation(),
                components.history().due(),
                options.extent().triggers());
        housekeeping = new Housekeeping(configuration::get, database, components, launcher, previews, clock);
        storeWatch = new StoreWatch(database, clock, storeLost);
        RouteQuiescence quiescence = new RouteQuiescence(
                context, components.lifecycle().flow(), components.poller(), TO_COME_TO_REST, this::goOn);
        reload = new Reload(options, configuration, routes, quiescence, components.lifecycle(), schedules);
        scopes = CredentialScopes.of(configuration::get, components);
        page = new PublicPageHost(
                new TrialRequests(
                        new StoredRequests(
                                components.requests().links(),
                                () -> configuration.get().purposes()),
                        new Trials(database),
                        () -> configuration.get().purposes()),
                clock);
        start(files, beforeRoutes);
    }

    private void goOn() {
        if (working) {
            startTicking();
            launcher.resumeRuns();
        }
    }

    private void bind(Registry registry, Map<String, Object> beans) {
        beans.forEach(registry::bind);
        registry.bind("deliveryThreads", threads.deliveries());
        registry.bind("batchThreads", threads.batches());
        // A trigger only requests its run, so it can be changed or removed while the run is under way.
        registry.bind("runInBackground", (Processor)
                triggered -> launcher.requestInBackground(triggered.getMessage().getBody(RunRequest.class)));
        registry.bind("gatherPage", new GroupedBodyAggregationStrategy());
        registry.bind("gatherSettlements", new SettlementGatherer());
        CrmBeans.bind(registry, components.access().tokens(), clock);
        CampaignsBeans.bind(registry, clock, components.access().quota()::lock);
    }

    /**
     * Opens an installation.
     *
     * @param configuration its configuration, which has no mistakes
     * @throws io.consentbridge.store.DatabaseFault when the database cannot be opened
     * @throws RuntimeFault when the routes cannot be started
     */
    public static Runtime open(Options options, Configuration configuration, Clock clock) {
        return open(options, configuration, clock, () -> {}, context -> {});
    }

    /**
     * Opens an installation, as {@link #open(Options, Configuration, Clock)} does.
     *
     * @param storeLost ends the process; called when the runtime works and its embedded database does not recover by itself
     * @param beforeRoutes adds what routes need to the context, before the first route starts
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

    private void start(RouteFiles files, Consumer<CamelContext> beforeRoutes) {
        try {
            if (options.extent().triggers()) {
                PassedOverRoutes.in(options.routes(), configuration.get().settings())
                        .forEach(passedOver -> LOG.warn("{}", passedOver));
                housekeeping.withdrawMissing();
            }
            beforeRoutes.accept(context());
            files.start(main, options.extent().hasRoutes());
            if (options.extent().serves()) {
                work();
            }
            if (options.extent().triggers()) {
                threads.clockwork().execute(TemporaryFolder::removeLeft);
            }
        } catch (RuntimeException | Error told) {
            Quietly.run("ending what had started", this::close);
            throw told;
        }
    }

    /**
     * Begins to work: continues interrupted runs, delivers, and monitors. A runtime that serves the API does so by itself;
     * any other does so only when it is asked to run something, because a command that reads or checks changes nothing.
     * Idempotent.
     */
    public synchronized void work() {
        if (working) {
            return;
        }
        if (!options.extent().triggers()) {
            housekeeping.withdrawMissing();
        }
        housekeeping.begin();
        // A failure before this leaves the work to the next request.
        working = true;
        threads.every(OFTEN, "watching over the database", storeWatch::look);
        threads.every(LEDGER_EVERY, "keeping the ledger", components.proofs().ledger()::turn);
        threads.every(OFTEN, "ending runs", components.lifecycle().flow()::failLeft);
        long third = Math.max(1, configuration.get().settings().lease().toSeconds() / 3);
        threads.every(Duration.ofSeconds(third), "watching over runs", housekeeping::turn);
        if (options.extent().serves()) {
            page.fit(configuration.get());
        }
        startTicking();
        if (options.extent().serves()) {
            Monitoring.begin(context(), database, components, metrics, configuration::get, clock);
            threads.every(MEASURED_EVERY, "measuring", metrics::refresh);
        }
        if (options.extent().triggers()) {
            schedules.fit(configuration.get());
            threads.runs().execute(() -> Quietly.run("looking at the scopes of the credentials", scopes::warn));
            if (configuration.get().settings().catchUp()) {
                Quietly.run("making up for missed runs", housekeeping::makeUpForMissedRuns);
            }
        }
    }

    private void startTicking() {
        StartingRoutes.startDelivering(context());
        if (options.extent().serves()) {
            StartingRoutes.startAsking(
                    context(), configuration.get().settings().asking().bounces().given());
        }
    }

    /** Returns what sends trials of asking by mail. */
    public TrialMails trials() {
        return new TrialMails(
                components.trialAddresses(), components.mails(), new Trials(database), this::sendByRoute, clock);
    }

    /** Returns what tries asking by a list of Campaigns. */
    public ListTrials listTrials() {
        return components.listTrials();
    }

    private void sendByRoute(ConfirmationMail mail) {
        try (ProducerTemplate template = context().createProducerTemplate()) {
            template.sendBody("direct:send-confirmation", mail);
        } catch (IOException late) {
            throw new UncheckedIOException(late);
        }
    }

    /** Returns the port of the public page; empty when it is not served. */
    public OptionalInt publicPort() {
        return page.port();
    }

    /** Returns the current configuration. */
    public Configuration configuration() {
        return configuration.get();
    }

    public Options options() {
        return options;
    }

    /** Returns the components. */
    public Components components() {
        return components;
    }

    public Database database() {
        return database;
    }

    public CamelContext context() {
        return main.getCamelContext();
    }

    /** Returns the triggers of active syncs. */
    public Schedules schedules() {
        return schedules;
    }

    /** Returns what the credentials lack. */
    public CredentialScopes scopes() {
        return scopes;
    }

    /** Returns the launcher, which requests runs and carries them out. */
    public RunLauncher launcher() {
        return launcher;
    }

    /** Returns the open previews. */
    public Previews previews() {
        return previews;
    }

    /**
     * Takes over changed routes, purposes and syncs, or none of them when anything is broken. Runs under way keep their sync
     * unchanged, and continue over changed routes at their next page; settings need a restart.
     */
    public synchronized Reload.Result reload() {
        Reload.Result result = reload.take(working);
        if (working && options.extent().serves()) {
            Quietly.run("serving the public page", () -> page.fit(configuration.get()));
        }
        return result;
    }

    /**
     * Stops in good order: no call and no claim begins, those under way are finished or after a while given up, and claimed
     * deliveries that were not sent are given back.
     */
    @Override
    public void close() {
        // This happens first, because a reload that holds this lock waits until work under way comes to rest.
        components.access().stop().stop();
        components.lifecycle().flow().stop();
        components.poller().stop();
        stop();
    }

    /** A command waits until its events are sealed; a service that stops leaves the rest to its next start. */
    private Duration lastOfTheLedger() {
        return options.extent().serves() ? Duration.ofSeconds(1) : Duration.ofMinutes(1);
    }

    private synchronized void stop() {
        if (closed) {
            return;
        }
        closed = true;
        threads.beginNothing();
        CompletableFuture<Void> grace =
                new CompletableFuture<Void>().completeOnTimeout(null, GRACE.toMillis(), TimeUnit.MILLISECONDS);
        grace.thenRun(components.access().stop()::giveUp);
        Quietly.run("ending the public page", page::close);
        Quietly.run("giving previews up", previews::close);
        boolean atRest = false;
        try {
            main.stop();
            atRest = threads.end();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            grace.cancel(false);
            if (atRest) {
                Quietly.run("giving claims back", components.poller()::handBack);
                Quietly.run("giving updates of CRM records back", components.updates()::handBack);
            }
            if (working) {
                Quietly.run(
                        "keeping the ledger", () -> components.proofs().ledger().finish(lastOfTheLedger()));
            }
            database.close();
        }
    }
}
