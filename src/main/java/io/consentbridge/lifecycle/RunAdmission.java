package io.consentbridge.lifecycle;

import io.consentbridge.audience.ListLocks;
import io.consentbridge.config.Configuration;
import io.consentbridge.cursor.Cursors;
import io.consentbridge.run.Carried;
import io.consentbridge.run.NewRun;
import io.consentbridge.run.RemovalsOnly;
import io.consentbridge.run.Run;
import io.consentbridge.run.RunCounts;
import io.consentbridge.run.RunFault;
import io.consentbridge.run.RunQueries;
import io.consentbridge.run.RunRequest;
import io.consentbridge.run.RunState;
import io.consentbridge.run.Runs;
import io.consentbridge.sync.Admission;
import io.consentbridge.sync.Asked;
import io.consentbridge.sync.RunLimits;
import io.consentbridge.sync.Sync;
import io.consentbridge.sync.Usage;
import io.consentbridge.zoho.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides by the limits which runs begin and which syncs are active (B56-B67). Bound as {@code runAdmission}. */
public final class RunAdmission {

    private static final Logger LOG = LoggerFactory.getLogger(RunAdmission.class);

    /** A run that begins later than this after its due time is reported as late. */
    private static final Duration ON_TIME = Duration.ofMinutes(2);

    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm VV", Locale.ROOT);

    private final Supplier<Configuration> configuration;
    private final Runs runs;
    private final RunQueries queries;
    private final Cursors cursors;
    private final SyncActivation states;
    private final FanOutParts parts;
    private final RunStarter entry;
    private final ListLocks locks;
    private final InstantSource clock;
    private final String node;

    /**
     * @param configuration the current configuration
     * @param locks tells which campaigns are in review
     * @param node names this process
     */
    public RunAdmission(
            Supplier<Configuration> configuration,
            Runs runs,
            RunQueries queries,
            Cursors cursors,
            SyncActivation states,
            FanOutParts parts,
            RunStarter entry,
            ListLocks locks,
            InstantSource clock,
            String node) {
        this.configuration = configuration;
        this.runs = runs;
        this.queries = queries;
        this.cursors = cursors;
        this.states = states;
        this.parts = parts;
        this.entry = entry;
        this.locks = locks;
        this.clock = clock;
        this.node = node;
    }

    /**
     * Returns the run request of a trigger that fired. Every node names the same due time, so only one of them gets the run.
     */
    public RunRequest scheduled(Exchange exchange) {
        Date fired = exchange.getMessage().getHeader("scheduledFireTime", Date.class);
        Instant due = fired == null ? clock.instant() : fired.toInstant();
        return new RunRequest(exchange.getVariable("sync", String.class), Run.Cause.SCHEDULE, false, due);
    }

    /**
     * Admits the run that the body, a {@link RunRequest}, asks for and sets the variable {@code run}. It skips the run if
     * another node has it, or if a trigger fired for a sync that is not active. A run that a limit refuses or defers, or whose
     * connection is switched off, is admitted for its removals only (docs/decisions/0013-rulings.md, ruling 1). The body becomes the {@link Admission}.
     */
    public Admission admit(Exchange exchange) {
        RunRequest request = exchange.getMessage().getBody(RunRequest.class);
        Carried.requireNone(exchange);
        Configuration now = configuration.get();
        SyncCatalog instructions = parts.instructions(now);
        Sync sync =
                instructions.find(request.sync()).orElseThrow(() -> new RunFault("there is no sync " + request.sync()));
        boolean active = isActive(now, sync.file());
        if (request.cause() == Run.Cause.SCHEDULE && (!active || isDone(sync))) {
            return new Admission.Skipped(sync.name() + ": not active");
        }
        if (queries.isReading(sync.name())) {
            return new Admission.Refused(sync.name() + ": already running. Wait until that run ends");
        }
        if (sync.campaign().isPresent()) {
            return admitRecipients(exchange, instructions, sync);
        }
        while (true) {
            try {
                return admit(exchange, now, instructions, sync, active);
            } catch (Runs.OthersBegan others) {
                LOG.debug("{}: {}; admitted again", sync.name(), others.getMessage());
            }
        }
    }

    /**
     * Admits a run that carries the recipients of a campaign. No limit on syncs and runs counts it; while the campaign is in
     * review its recipients are locked (B133).
     */
    private Admission admitRecipients(Exchange exchange, SyncCatalog instructions, Sync sync) {
        RunRequest request = exchange.getMessage().getBody(RunRequest.class);
        String campaign = sync.campaign().orElseThrow().campaign();
        if (locks.isBegun(campaign)) {
            return new Admission.Refused(sync.name() + ": campaign " + campaign
                    + " is in review, so its recipients are locked. Cancel the review first: campaign cancel "
                    + campaign);
        }
        NewRun newRun = new NewRun(
                sync.name(),
                sync.connection(),
                request.cause(),
                request.full(),
                false,
                request.dueAt(),
                node,
                request.plan(),
                Optional.empty());
        entry.begin(instructions, sync, newRun, Optional.empty(), Optional.empty())
                .ifPresent(run -> Carried.admitted(exchange, run));
        return new Admission.Admitted();
    }

    private Admission admit(Exchange exchange, Configuration now, SyncCatalog instructions, Sync sync, boolean active) {
        RunRequest request = exchange.getMessage().getBody(RunRequest.class);
        Connection connection = now.settings().connections().get(sync.connection());
        RunCounts counts = queries.counts(connection.name(), sync.name(), connection.zone());
        boolean scan = isScanDue(sync, connection, request);
        NewRun newRun = new NewRun(
                sync.name(),
                connection.name(),
                request.cause(),
                request.full() || scan,
                scan,
                request.dueAt(),
                node,
                request.plan(),
                Optional.empty());
        Admission admission = states.objection(connection.name(), sync.name())
                .orElseGet(() -> new RunLimits(now.settings().limits())
                        .admit(
                                sync.name(),
                                request.cause() == Run.Cause.SCHEDULE
                                        ? new Asked.Scheduled(request.full())
                                        : new Asked.Command(request.full(), active),
                                usage(activeSyncs(now, connection), counts)));
        Optional<RemovalsOnly> only = admission instanceof Admission.Admitted
                ? Optional.empty()
                : Optional.of(leaversOnly(admission, request, connection));
        only.ifPresent(some -> LOG.warn("{}. Opt-outs and deletions are still applied.", some.because()));
        entry.begin(
                        instructions,
                        sync,
                        only.isPresent() ? newRun.withoutScan() : newRun,
                        only,
                        Optional.of(new Runs.Counted(counts, connection.zone())))
                .ifPresent(run -> {
                    if (scan && only.isEmpty()) {
                        runs.note(
                                run.id(),
                                sync.name() + ": reads everything, because its last full scan is a "
                                        + sync.fullScan().name().toLowerCase(Locale.ROOT) + " ago");
                    }
                    Carried.admitted(exchange, run);
                    late(request, connection).ifPresent(note -> runs.note(run.id(), note));
                });
        return admission;
    }

    /** Returns whether the first scheduled run that reads everything is due; no limit on full runs counts it. */
    private boolean isScanDue(Sync sync, Connection connection, RunRequest request) {
        return request.cause() == Run.Cause.SCHEDULE
                && !request.full()
                && cursors.fullScanAt(sync.name())
                        .filter(last -> sync.whenFullScan().isDue(last, clock.instant(), connection.zone()))
                        .isPresent();
    }

    private Optional<String> late(RunRequest request, Connection connection) {
        boolean late = request.cause() == Run.Cause.SCHEDULE
                && request.dueAt().plus(ON_TIME).isBefore(clock.instant());
        return late
                ? Optional.of("made up for a missed run, due at "
                        + MINUTE.format(request.dueAt().atZone(connection.zone())))
                : Optional.empty();
    }

    private RemovalsOnly leaversOnly(Admission admission, RunRequest request, Connection connection) {
        if (admission instanceof Admission.Deferred deferred) {
            Instant again = RunLimits.dueAgain(request.dueAt(), clock.instant(), deferred.until(), connection.zone());
            return new RemovalsOnly(RunState.DEFERRED, deferred.message(), Optional.of(again));
        }
        return new RemovalsOnly(RunState.REFUSED, ((Admission.Refused) admission).message(), Optional.empty());
    }

    /**
     * Returns the requests of deferred runs that are due by now (B62); called by the timer of {@code start-deferred-runs}.
     */
    public List<RunRequest> dueAgain() {
        Configuration now = configuration.get();
        Instant instant = clock.instant();
        return queries.deferred().stream()
                .filter(run -> !run.dueAgain().orElseThrow().isAfter(instant))
                .filter(run -> isActive(now, run.sync()))
                .map(run -> new RunRequest(
                        run.sync(),
                        Run.Cause.SCHEDULE,
                        run.full(),
                        run.dueAgain().orElseThrow()))
                .toList();
    }

    private boolean isActive(Configuration now, String name) {
        Sync sync = now.syncs().get(name);
        return sync != null
                && states.of(ConnectionSyncs.beside(now, sync)).get(name).active();
    }

    /** Returns whether a sync that is to run once has run; a sync that was deleted and created again has not. */
    public boolean isDone(Sync sync) {
        return sync.retrieve() == Sync.Retrieve.ONCE
                && (sync.hasParts()
                        ? !parts.of(sync.name()).isEmpty()
                        : cursors.load(sync.name()).isPresent())
                && queries.lastCompleted(sync.name()).isPresent();
    }

    /**
     * Activates a sync, unless the limit of active syncs is reached (B58, B60, B63).
     *
     * @param because why, for the user who looks at the sync
     */
    public Admission activate(Sync sync, String because) {
        Configuration now = configuration.get();
        Connection connection = now.settings().connections().get(sync.connection());
        RunCounts counts = queries.counts(connection.name(), sync.name(), connection.zone());
        RunLimits limits = new RunLimits(now.settings().limits());
        return states.activate(
                ConnectionSyncs.of(now, connection),
                sync.name(),
                because,
                active -> limits.admit(sync.name(), new Asked.Activation(), usage(active, counts)));
    }

    /** Returns why the sync must not become active in addition to the others; empty when it may. */
    public Optional<String> objectionToActivate(Sync sync) {
        Configuration now = configuration.get();
        Connection connection = now.settings().connections().get(sync.connection());
        Admission admission = new RunLimits(now.settings().limits())
                .admit(sync.name(), new Asked.Activation(), usage(now, connection, sync));
        return admission instanceof Admission.Refused refused ? Optional.of(refused.message()) : Optional.empty();
    }

    /** Returns how much of the connection's limits, and of the sync's own, is used. */
    public Usage usage(Configuration now, Connection connection, Sync sync) {
        RunCounts counts = queries.counts(connection.name(), sync.name(), connection.zone());
        return usage(activeSyncs(now, connection), counts);
    }

    private static Usage usage(int active, RunCounts counts) {
        return new Usage(active, counts.today(), counts.thisMonth(), counts.fullToday(), counts.fullThisMonth());
    }

    private int activeSyncs(Configuration now, Connection connection) {
        return (int) states.of(ConnectionSyncs.of(now, connection)).values().stream()
                .filter(SyncActivation.State::active)
                .count();
    }
}
