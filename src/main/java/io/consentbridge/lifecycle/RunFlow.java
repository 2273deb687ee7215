package io.consentbridge.lifecycle;

import io.consentbridge.config.Configuration;
import io.consentbridge.consent.ConsentBreach;
import io.consentbridge.outbox.Deliveries;
import io.consentbridge.run.ActiveRun;
import io.consentbridge.run.Carried;
import io.consentbridge.run.LeaseLost;
import io.consentbridge.run.ReadingStopped;
import io.consentbridge.run.Run;
import io.consentbridge.run.RunListener;
import io.consentbridge.run.RunQueries;
import io.consentbridge.run.RunState;
import io.consentbridge.run.Runs;
import io.consentbridge.store.DatabaseFault;
import io.consentbridge.zoho.CallCounter;
import io.consentbridge.zoho.Failures;
import io.consentbridge.zoho.Traced;
import io.consentbridge.zoho.ZohoFault;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** The steps of a run as a whole: they take over interrupted runs, end their reading, mark failures, and end runs. Bound as {@code runFlow}. */
public final class RunFlow {

    private static final Logger LOG = LoggerFactory.getLogger(RunFlow.class);

    private final Supplier<Configuration> configuration;
    private final Runs runs;
    private final RunQueries queries;
    private final ReadingEnd readingEnd;
    private final RunCompletion completion;
    private final RunStarter entry;
    private final CallCounter calls;
    private final String node;
    private final RunListener listener;
    private final Set<String> settled = ConcurrentHashMap.newKeySet();
    private final Map<String, Throwable> unkept = new ConcurrentHashMap<>();
    private final Map<String, Left> left = new ConcurrentHashMap<>();
    private final Set<String> givenBack = ConcurrentHashMap.newKeySet();
    /** Runs that this process took over, each with a thread of its own; part runs are listed beside their parent run. */
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();

    private volatile boolean stopping;
    private volatile boolean paused;

    /** @param settled whether only its parts may have been left behind */
    private record Left(String sync, boolean settled, String why, boolean outOfReach) {}

    /**
     * @param configuration the current configuration
     * @param node names this process
     * @param listener is told of runs that this process ends
     */
    public RunFlow(
            Supplier<Configuration> configuration,
            Runs runs,
            RunQueries queries,
            ReadingEnd readingEnd,
            RunCompletion completion,
            RunStarter entry,
            CallCounter calls,
            String node,
            RunListener listener) {
        this.configuration = configuration;
        this.runs = runs;
        this.queries = queries;
        this.readingEnd = readingEnd;
        this.completion = completion;
        this.entry = entry;
        this.calls = calls;
        this.node = node;
        this.listener = listener;
    }

    /**
     * Continues runs that a crashed or unresponsive process was reading. After a pause of this process that outlasts its
     * lease, its own runs count as such too; its threads continue them by themselves.
     *
     * @param carried what the threads of this process carry out
     */
    public Optional<ActiveRun> takeOver(Collection<Carried> carried) {
        if (isStopping()) {
            return Optional.empty();
        }
        Optional<Run> abandoned =
                runs.takeOver(node, configuration.get().settings().lease(), readHere(carried));
        if (abandoned.isEmpty()) {
            return Optional.empty();
        }
        Run run = abandoned.get();
        Optional<ActiveRun> active = entry.goOn(run);
        if (active.isEmpty()) {
            runs.fail(run.id(), run.sync() + ": its file was removed, so the interrupted run cannot resume", false);
            listener.ended(run.sync(), RunState.FAILED);
            return takeOver(carried);
        }
        underWay.add(run.id());
        givenBack.remove(run.id());
        LOG.info("{}: resumes run {}, which was interrupted", run.sync(), run.id());
        return active;
    }

    /**
     * Ends the reading once every page was read; the run ends when its last delivery ends, unless the brake holds people
     * back.
     */
    public void endReading(@Variable(ActiveRun.VARIABLE) ActiveRun run) {
        run.handed().requireAll(run.leaversOnly());
        runs.called(run.id(), calls.drain(run.id()));
        readingEnd.of(run).ifPresent(message -> {
            LOG.warn(message);
            listener.ended(run.sync().name(), RunState.BRAKED);
        });
        settled.add(run.id());
        completion.close(List.of());
    }

    /** Marks the run failed. The run keeps what it has; nobody is removed, and the next run continues from the cursor. */
    public void fail(Exchange exchange, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Throwable caught) {
        Throwable cause = Failures.told(caught);
        Optional<ActiveRun> carried = Carried.in(exchange);
        if (carried.isEmpty()) {
            Level level = DatabaseFault.away(cause) ? Level.DEBUG : Level.ERROR;
            LOG.atLevel(level).log("A run could not be admitted: {}", Failures.text(cause));
            return;
        }
        ActiveRun run = carried.get();
        cause = Carried.cause(exchange, run, cause);
        try {
            fail(run, cause);
            settled.add(run.id());
        } catch (DatabaseFault fault) {
            if (!fault.unreachable()) {
                throw fault;
            }
            // The failure is stored as soon as the database is back.
            unkept.put(run.id(), cause);
        }
    }

    /** Reports that a timer's route failed; its next tick starts from the beginning. */
    public void tickFailed(Exchange exchange, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Throwable caught) {
        Throwable cause = Failures.unwrapped(caught);
        LOG.atLevel(DatabaseFault.away(cause) ? Level.DEBUG : Level.ERROR)
                .log("{} failed and is retried at its next tick: {}", exchange.getFromRouteId(), Failures.text(cause));
        LOG.debug("{} failed", exchange.getFromRouteId(), Traced.of(cause));
    }

    private void fail(ActiveRun run, Throwable cause) {
        // While the process ends, a run may fail for causes outside it; the run is given back and continues later.
        if (cause instanceof ReadingStopped || cause instanceof ZohoFault.Stopped || stopping) {
            LOG.info(
                    "{}: run {} is handed back and resumes from its cursor",
                    run.sync().name(),
                    run.id());
            runs.called(run.id(), calls.drain(run.id()));
            givenBack.add(run.id());
            runs.giveBack(run.id(), node);
            return;
        }
        if (cause instanceof LeaseLost) {
            LOG.warn("{}: {}", run.sync().name(), cause.getMessage());
            return;
        }
        String message = Failures.text(cause);
        runs.called(run.id(), calls.drain(run.id()));
        if (!runs.fail(run.id(), node, message, isOutOfReach(cause))) {
            LOG.warn("{}: {}", run.sync().name(), new LeaseLost(run.id()).getMessage());
            return;
        }
        LOG.error("{}: run {} failed: {}", run.sync().name(), run.id(), message);
        LOG.debug("{}: run {} failed", run.sync().name(), run.id(), Traced.of(cause));
        listener.ended(run.sync().name(), RunState.FAILED);
        if (run.sync().part().isPresent()) {
            completion.close(List.of());
        }
    }

    /**
     * Concludes a run when the thread that carried it out is finished with it. If neither the end of its reading nor its
     * failure could be stored, for example because memory or the database was gone, the run is marked failed now or as soon
     * as possible, so that no run keeps the status reading in a process that is alive.
     *
     * @param failure what the routes threw; null when they threw nothing
     */
    public void carriedOut(ActiveRun run, Throwable failure) {
        if (stopping) {
            return;
        }
        underWay.remove(run.id());
        givenBack.remove(run.id());
        Throwable known = unkept.remove(run.id());
        Throwable cause = known == null ? failure : known;
        boolean whole = settled.remove(run.id());
        String why = cause != null
                ? Failures.text(cause)
                : whole
                        ? "its result could not be saved"
                        : new ConsentBreach("a run does not reach runFlow.endReading").getMessage();
        if (!whole || run.hasParts()) {
            left.put(run.id(), new Left(run.sync().name(), whole, why, isOutOfReach(Failures.unwrapped(cause))));
            failLeft();
        }
    }

    /** Marks the runs failed that count as being read although no thread reads them. */
    public void failLeft() {
        left.forEach((id, run) -> {
            for (Run part : queries.partsOf(id)) {
                if (!underWay.contains(part.id()) && !settled.remove(part.id())) {
                    failLeft(part, run);
                }
            }
            if (!run.settled()) {
                queries.show(id).ifPresent(whole -> failLeft(whole, run));
            }
            left.remove(id);
        });
    }

    private void failLeft(Run run, Left left) {
        if (run.state() == RunState.READING
                && run.node().equals(node)
                && runs.fail(run.id(), node, left.why(), left.outOfReach())) {
            LOG.error("{}: run {} failed: {}", run.sync(), run.id(), left.why());
            listener.ended(run.sync(), RunState.FAILED);
        }
    }

    // A credential that Zoho refuses blocks access just as a broken network does.
    private static boolean isOutOfReach(Throwable cause) {
        return cause instanceof ZohoFault.Transient
                || cause instanceof ZohoFault.Throttled
                || cause instanceof ZohoFault.Credential
                || cause instanceof DatabaseFault fault && fault.unreachable();
    }

    /**
     * Ends the runs whose last delivery has ended.
     *
     * @param touched ids of the runs of the settled batch, whose calls are counted
     */
    public void close(@Variable(Deliveries.TOUCHED_RUNS) List<String> touched) {
        completion.close(touched);
    }

    /**
     * Ends the runs whose last delivery was settled without a call: withdrawn, or suppressed before it was sent. The calls
     * of all runs are in the history afterwards.
     */
    public void closeRest() {
        completion.closeRest();
    }

    /** Stops the process's reading: each thread that reads a run gives it back at the next page. */
    public void stop() {
        stopping = true;
    }

    /**
     * Pauses reading: each thread that reads a run gives it back at the next page, and no process takes it over before
     * {@link #goOn}.
     */
    public void pause() {
        paused = true;
    }

    /** Ends a pause; does not restart what was stopped. */
    public void goOn() {
        paused = false;
    }

    /** Returns whether a reader has to stop at the next page. */
    public boolean isStopping() {
        return stopping || paused;
    }

    /**
     * Renews the leases of the runs that this process reads, and of their part runs. A run of this process that no thread
     * carries out keeps its lease only until it expires, and is then taken over.
     *
     * @param carried what its threads carry out
     */
    public void keepLeases(Collection<Carried> carried) {
        Duration lease = configuration.get().settings().lease();
        readHere(carried).forEach(run -> runs.extend(run, node, lease));
    }

    /**
     * Returns the ids of the runs that those threads read, and of the part runs that this process began for them. A run that
     * another process has taken over stays with that process. Runs that were given back or left behind belong to no thread
     * any more.
     */
    private Set<String> readHere(Collection<Carried> carried) {
        Set<String> ids = carried.stream()
                .flatMap(each -> each.run().stream())
                .map(ActiveRun::id)
                .collect(Collectors.toSet());
        if (ids.isEmpty()) {
            return Set.of();
        }
        return queries.open().stream()
                .filter(run -> run.state() == RunState.READING)
                .filter(run -> ids.contains(run.id())
                        || run.node().equals(node)
                                && run.parentRun().filter(ids::contains).isPresent())
                .map(Run::id)
                .filter(run -> !left.containsKey(run) && !givenBack.contains(run))
                .collect(Collectors.toSet());
    }
}
