package io.consentbridge.api;

import io.consentbridge.outbox.PersonDeliveries;
import io.consentbridge.run.Run;
import io.consentbridge.runtime.ConfigurationCheck;
import io.consentbridge.runtime.Previews;
import io.consentbridge.runtime.Reload;
import io.consentbridge.runtime.Runtime;
import io.consentbridge.store.DatabaseFault;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** The operations of a runtime that is open in this process. */
public final class RuntimeOperations implements Operations {

    private final Supplier<Runtime> runtime;
    private final InstantSource clock;

    /** @param runtime asked at each operation; the API's routes are made before it has started */
    public RuntimeOperations(Supplier<Runtime> runtime, InstantSource clock) {
        this.runtime = runtime;
        this.clock = clock;
    }

    @Override
    public List<SyncView> syncs() {
        return reach(open -> {
            SyncViews views = new SyncViews(open, clock);
            return open.configuration().syncs().values().stream().map(views::of).toList();
        });
    }

    @Override
    public SyncView sync(String name) {
        return reach(open -> sync(open, name));
    }

    private SyncView sync(Runtime open, String name) {
        return new SyncViews(open, clock).whole(new NameLookup(open).sync(name));
    }

    @Override
    public RunStarted startRun(String sync, boolean full) {
        return reach(open -> new RunService(open, clock).start(sync, full));
    }

    @Override
    public RunStarted allowRemovals(String sync, long people) {
        return reach(open -> new RunService(open, clock).allowRemovals(sync, people));
    }

    @Override
    public RunView run(String id) {
        return reach(open -> runViews(open).of(new NameLookup(open).run(id)));
    }

    private static RunViews runViews(Runtime open) {
        return new RunViews(open.components(), new NameLookup(open).instructions());
    }

    @Override
    public RunProgress progress(String id) {
        return reach(open -> new RunService(open, clock).progress(id));
    }

    @Override
    public List<RunView> history(String sync, String after, int limit) {
        return reach(open -> {
            NameLookup names = new NameLookup(open);
            Optional<String> only = Optional.ofNullable(sync).map(names::withHistory);
            Optional<Run> last = Optional.ofNullable(after).map(names::run);
            RunViews views = runViews(open);
            return open.components().history().queries().list(only, last, limit).stream()
                    .map(views::of)
                    .toList();
        });
    }

    @Override
    public RecordsView records(String run, RecordsView.Asked asked) {
        return reach(open -> {
            Run known = new NameLookup(open).run(run);
            List<Run> partRuns = open.components().history().queries().partsOf(known.id());
            if (!partRuns.isEmpty()) {
                throw new OperationFailure.Refused("run " + known.id()
                        + " was carried out part by part, and the records stand in the runs of the parts: "
                        + String.join(", ", partRuns.stream().map(Run::id).toList()));
            }
            return new RecordViews(open.components(), new PersonDeliveries(open.database())).of(known, asked);
        });
    }

    @Override
    public SyncView activate(String name) {
        return reach(open -> {
            new SyncService(open).activate(name);
            return sync(open, name);
        });
    }

    @Override
    public SyncView deactivate(String name) {
        return reach(open -> {
            new SyncService(open).deactivate(name);
            return sync(open, name);
        });
    }

    @Override
    public SyncView createSync(String name, SyncSource text) {
        return reach(open -> {
            new SyncService(open).create(name, text);
            return sync(open, name);
        });
    }

    @Override
    public SyncView editSync(String name, SyncSource text) {
        return reach(open -> {
            new SyncService(open).edit(name, text);
            return sync(open, name);
        });
    }

    @Override
    public SyncDeleted deleteSync(String name) {
        return reach(open -> new SyncService(open).delete(name));
    }

    @Override
    public List<DeadLetterView> deadLetters(int limit) {
        return reach(open -> new DeadLetterService(open).list(limit));
    }

    @Override
    public DeadLetterView deadLetter(long id) {
        return reach(open -> new DeadLetterService(open).show(id));
    }

    @Override
    public DeadLettersHandled replay(List<Long> ids) {
        return reach(open -> {
            open.work();
            return new DeadLetterService(open).replay(ids);
        });
    }

    @Override
    public DeadLettersHandled replayAfter(long after) {
        return reach(open -> {
            open.work();
            return new DeadLetterService(open).replayAfter(after);
        });
    }

    @Override
    public DeadLettersHandled discard(List<Long> ids) {
        return reach(open -> new DeadLetterService(open).discard(ids));
    }

    @Override
    public QuotaView quota() {
        return reach(open -> new QuotaViews(open.components(), open.configuration(), clock).view());
    }

    @Override
    public StatusView status() {
        return reach(open -> new StatusService(open, clock).view());
    }

    @Override
    public CheckView check() {
        return reach(open -> Checkups.view(ConfigurationCheck.of(open), OwnRoutes.outdated(open)));
    }

    @Override
    public ReloadView reload() {
        return reach(open -> {
            Reload.Result result = open.reload();
            if (result.problems().isEmpty()) {
                OwnRoutes.note(open);
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
        return reach(open -> {
            try {
                return PreviewViews.of(
                        open.previews().begin(open.configuration(), new NameLookup(open).withoutParts(sync), full));
            } catch (Previews.Refused refused) {
                throw new OperationFailure.Refused(refused.getMessage());
            }
        });
    }

    @Override
    public PreviewView preview(String id) {
        return reach(open -> PreviewViews.of(new NameLookup(open).preview(id)));
    }

    @Override
    public PreviewPage previewLines(String id, String after, boolean unchanged) {
        return reach(open -> PreviewViews.page(new NameLookup(open).readyPreview(id), after, unchanged));
    }

    @Override
    public PreviewView endPreview(String id) {
        return reach(open -> {
            PreviewView last = PreviewViews.of(new NameLookup(open).preview(id));
            open.previews().end(id);
            return last;
        });
    }

    @Override
    public ExplainView explain(String email) {
        return reach(open -> new Explaining(open, clock, new Sought(open.database()).person(email)).view());
    }

    @Override
    public PlanHeader planHeader(String preview) {
        return reach(open -> PlanService.header(new NameLookup(open).readyPreview(preview)));
    }

    @Override
    public PlanPage plan(String preview, String after) {
        return reach(open -> PlanService.page(new NameLookup(open).readyPreview(preview), after));
    }

    @Override
    public PlanKept beginPlan(PlanHeader header) {
        return reach(open -> new PlanService(open).begin(header, new NameLookup(open).sync(header.sync())));
    }

    @Override
    public PlanKept addToPlan(String plan, List<PlanPage.Line> lines) {
        return reach(open -> new PlanService(open).add(plan, lines));
    }

    @Override
    public RunStarted startPlan(String plan) {
        return reach(open -> new RunService(open, clock).startPlan(plan));
    }

    private <T> T reach(Function<Runtime, T> work) {
        try {
            return work.apply(runtime.get());
        } catch (DatabaseFault fault) {
            throw new OperationFailure.OutOfReach(fault.getMessage(), fault);
        }
    }
}
