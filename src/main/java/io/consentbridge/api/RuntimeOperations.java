package io.consentbridge.api;

import io.consentbridge.config.Settings;
import io.consentbridge.confirmation.RequestQueries;
import io.consentbridge.outbox.PersonDeliveries;
import io.consentbridge.polling.RemovalBrake;
import io.consentbridge.run.Run;
import io.consentbridge.run.UnknownWords;
import io.consentbridge.runtime.Components;
import io.consentbridge.runtime.ConfigurationCheck;
import io.consentbridge.runtime.NextRuns;
import io.consentbridge.runtime.Reload;
import io.consentbridge.runtime.Runtime;
import io.consentbridge.runtime.SyncLifecycle;
import io.consentbridge.store.Database;
import io.consentbridge.store.DatabaseFault;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The operations of a runtime that is open in this process. */
public final class RuntimeOperations implements Operations {

    private final Runtime runtime;
    private final Components components;
    private final InstantSource clock;
    private final NameLookup names;
    private final RunService runs;
    private final RemovalService removals;
    private final SyncService syncs;
    private final PlanService plans;
    private final PreviewService previews;
    private final DeadLetterService deadLetters;
    private final RecordViews records;
    private final StatusService status;
    private final ConfigurationCheck check;
    private final PersonService people;
    private final LedgerService ledger;

    /** Creates the operations of that runtime. */
    public RuntimeOperations(Runtime runtime, InstantSource clock) {
        this.runtime = runtime;
        this.clock = clock;
        components = runtime.components();
        Database database = runtime.database();
        Components.Lifecycle lifecycle = components.lifecycle();
        Components.History history = components.history();
        Components.Deliveries outbox = components.outbox();
        RemovalBrake brake = components.polling().brake();
        names = new NameLookup(
                runtime::configuration, lifecycle.parts(), history.queries(), outbox.deadLetters(), runtime.previews());
        previews = new PreviewService(runtime::configuration, runtime.previews(), names);
        plans = new PlanService(runtime::configuration, components.decisions().plans(), history.queries());
        runs = new RunService(
                runtime::work, runtime.launcher(), names, plans, history.queries(), outbox.queries(), clock);
        removals = new RemovalService(runtime::work, names, history.queries(), brake);
        syncs = new SyncService(
                runtime::configuration,
                names,
                lifecycle.activation(),
                lifecycle.admission(),
                runtime.schedules(),
                outbox.queries(),
                new SyncLifecycle(runtime, lifecycle.activation(), lifecycle.admission()));
        WritebackLetters others = new WritebackLetters(
                components.updates().letters(), components.updates().startLetters());
        deadLetters = new DeadLetterService(outbox.deadLetters(), others, names);
        records = new RecordViews(history.outcomes(), new PersonDeliveries(database));
        people = new PersonService(
                runtime::configuration,
                components.people(),
                components.audience().lists(),
                new Sought(database),
                database.embedded());
        ledger = new LedgerService(components.proofs());
        check = new ConfigurationCheck(
                runtime.options(), runtime.context(), database, runtime::configuration, components, runtime.scopes());
        status = new StatusService(
                runtime.options().extent(),
                database,
                new ConnectionStatus(runtime.scopes(), outbox, others, new UnknownWords(database)),
                new ListStatus(components.audience().heldLists(), history.lists(), clock),
                brake,
                history.queries());
    }

    private NextRuns nextRuns() {
        return new NextRuns(
                runtime.configuration(),
                components.lifecycle(),
                components.history().queries(),
                clock);
    }

    private SyncViews syncViews(NextRuns nextRuns) {
        return new SyncViews(
                names.instructions(),
                nextRuns,
                components.history(),
                components.polling(),
                components.cursors().mapped(),
                components.audience().heldLists(),
                runtime.options().extent().hasRoutes(),
                clock);
    }

    private QuotaViews quotaViews(NextRuns nextRuns) {
        return new QuotaViews(
                runtime.configuration(),
                nextRuns,
                components.lifecycle().admission(),
                components.outbox(),
                components.updates(),
                components.audience().heldLists(),
                components.access().quota());
    }

    private RunViews runViews() {
        return new RunViews(components.history(), names.instructions());
    }

    @Override
    public List<SyncView> syncs() {
        return reach(() -> {
            SyncViews views = syncViews(nextRuns());
            return runtime.configuration().syncs().values().stream()
                    .map(views::of)
                    .toList();
        });
    }

    @Override
    public SyncView sync(String name) {
        return reach(() -> whole(name));
    }

    private SyncView whole(String name) {
        return syncViews(nextRuns()).whole(names.sync(name));
    }

    @Override
    public RunStarted startRun(String sync, boolean full) {
        return reach(() -> runs.start(sync, full));
    }

    @Override
    public RunStarted allowRemovals(String sync, long people) {
        return reach(() -> removals.allow(sync, people));
    }

    @Override
    public RunView run(String id) {
        return reach(() -> runViews().of(names.run(id)));
    }

    @Override
    public RunProgress progress(String id) {
        return reach(() -> runs.progress(id));
    }

    @Override
    public List<RunView> history(String sync, String after, int limit) {
        return reach(() -> {
            Optional<String> only = Optional.ofNullable(sync).map(names::withHistory);
            Optional<Run> last = Optional.ofNullable(after).map(names::run);
            RunViews views = runViews();
            return components.history().queries().list(only, last, limit).stream()
                    .map(views::of)
                    .toList();
        });
    }

    @Override
    public RecordsView records(String run, RecordsView.Asked asked) {
        return reach(() -> records.of(names.runOfRecords(run), asked));
    }

    @Override
    public SyncView activate(String name) {
        return reach(() -> {
            syncs.activate(name);
            return whole(name);
        });
    }

    @Override
    public SyncView deactivate(String name) {
        return reach(() -> {
            syncs.deactivate(name);
            return whole(name);
        });
    }

    @Override
    public SyncView createSync(String name, SyncSource text) {
        return reach(() -> {
            syncs.create(name, text);
            return whole(name);
        });
    }

    @Override
    public SyncView editSync(String name, SyncSource text) {
        return reach(() -> {
            syncs.edit(name, text);
            return whole(name);
        });
    }

    @Override
    public SyncDeleted deleteSync(String name) {
        return reach(() -> syncs.delete(name));
    }

    @Override
    public List<DeadLetterView> deadLetters(int limit) {
        return reach(() -> deadLetters.list(limit));
    }

    @Override
    public DeadLetterView deadLetter(long id) {
        return reach(() -> deadLetters.show(id));
    }

    @Override
    public DeadLettersHandled replay(List<Long> ids) {
        return reach(() -> {
            runtime.work();
            return deadLetters.replay(ids);
        });
    }

    @Override
    public DeadLettersHandled replayAfter(long after) {
        return reach(() -> {
            runtime.work();
            return deadLetters.replayAfter(after);
        });
    }

    @Override
    public DeadLettersHandled discard(List<Long> ids) {
        return reach(() -> deadLetters.discard(ids));
    }

    @Override
    public List<ConfirmationsView> confirmations() {
        return reach(() -> ConfirmationsView.of(new RequestQueries(runtime.database()).totals(null)));
    }

    @Override
    public QuotaView quota() {
        return reach(() -> quotaViews(nextRuns()).view());
    }

    @Override
    public StatusView status() {
        return reach(() -> {
            NextRuns nextRuns = nextRuns();
            return status.view(names.instructions(), syncViews(nextRuns), quotaViews(nextRuns));
        });
    }

    @Override
    public CheckView check() {
        return reach(() -> Checkups.view(check.look(), OwnRoutes.outdated(runtime.options(), settings())));
    }

    @Override
    public ReloadView reload() {
        return reach(() -> {
            Reload.Result result = runtime.reload();
            if (result.problems().isEmpty()) {
                OwnRoutes.note(runtime.options(), settings());
            }
            return new ReloadView(
                    result.problems().isEmpty(),
                    result.changes(),
                    result.remarks(),
                    result.problems().stream().map(Checkups::problem).toList());
        });
    }

    @Override
    public PreviewView startPreview(String sync, boolean full) {
        return reach(() -> previews.begin(sync, full));
    }

    @Override
    public PreviewView preview(String id) {
        return reach(() -> previews.view(id));
    }

    @Override
    public PreviewPage previewLines(String id, String after, boolean unchanged) {
        return reach(() -> previews.lines(id, after, unchanged));
    }

    @Override
    public PreviewView endPreview(String id) {
        return reach(() -> previews.end(id));
    }

    @Override
    public ExplainView explain(String email) {
        return reach(() -> new Explaining(
                        runtime.database(),
                        components.proofs().keys(),
                        runtime.configuration(),
                        components.audience().lists(),
                        components.history().queries(),
                        clock,
                        new Sought(runtime.database()).person(email))
                .view());
    }

    @Override
    public PendingView pending(String purpose) {
        return reach(() -> {
            Set<String> purposes = runtime.configuration().purposes().keySet();
            if (purpose != null && !purposes.contains(purpose)) {
                throw new OperationFailure.UnknownName("purpose", purpose, purposes);
            }
            return PendingView.of(new RequestQueries(runtime.database()), purpose, clock.instant());
        });
    }

    @Override
    public ConsentTried tryConsent(ConsentTrial trial) {
        return reach(() -> new ConsentService(runtime, clock).tryOut(trial));
    }

    @Override
    public NoticeKept keepNotice(PurposeName purpose) {
        return reach(() -> new ConsentService(runtime, clock).keepNotice(purpose.purpose()));
    }

    @Override
    public PersonSuppressed suppress(PersonOrder order) {
        return reach(() -> people.suppress(order));
    }

    @Override
    public PersonExported exportPerson(PersonFolder order) {
        return reach(() -> people.export(order));
    }

    @Override
    public PersonErasure erase(PersonOrder order) {
        return reach(() -> {
            runtime.work();
            return people.erase(order);
        });
    }

    @Override
    public PersonErasure erasure(long id) {
        return reach(() -> people.erasure(id));
    }

    @Override
    public PersonReleased release(PersonOrder order) {
        return reach(() -> people.release(order));
    }

    @Override
    public LedgerStatusView ledgerStatus() {
        return reach(ledger::status);
    }

    @Override
    public LedgerVerified verifyLedger(LedgerCheck check) {
        return reach(() -> ledger.verify(check));
    }

    @Override
    public LedgerExported exportLedger(LedgerFolder folder) {
        return reach(() -> ledger.export(folder));
    }

    @Override
    public LedgerAcknowledged acknowledgeLedger(LedgerReason reason) {
        return reach(() -> ledger.acknowledge(reason));
    }

    @Override
    public LedgerKeyRotated rotateLedgerKey() {
        return reach(ledger::rotateKey);
    }

    @Override
    public PlanHeader planHeader(String preview) {
        return reach(() -> PlanService.header(names.readyPreview(preview)));
    }

    @Override
    public PlanPage plan(String preview, String after) {
        return reach(() -> PlanService.page(names.readyPreview(preview), after));
    }

    @Override
    public PlanKept beginPlan(PlanHeader header) {
        return reach(() -> plans.begin(header, names.sync(header.sync())));
    }

    @Override
    public PlanKept addToPlan(String plan, List<PlanPage.Line> lines) {
        return reach(() -> plans.add(plan, lines));
    }

    @Override
    public RunStarted startPlan(String plan) {
        return reach(() -> runs.startPlan(plan));
    }

    private Settings settings() {
        return runtime.configuration().settings();
    }

    private static <T> T reach(Supplier<T> work) {
        try {
            return work.get();
        } catch (DatabaseFault fault) {
            throw new OperationFailure.OutOfReach(fault.getMessage(), fault);
        }
    }
}
