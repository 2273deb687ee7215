package io.consentbridge.api;

import io.consentbridge.config.Configuration;
import io.consentbridge.consent.Person;
import io.consentbridge.outbox.Action;
import io.consentbridge.outbox.DeadLetter;
import io.consentbridge.outbox.DeadLetters;
import io.consentbridge.run.Companions;
import io.consentbridge.run.Instructions;
import io.consentbridge.run.Plans;
import io.consentbridge.run.Run;
import io.consentbridge.run.RunFault;
import io.consentbridge.run.RunOrder;
import io.consentbridge.run.RunState;
import io.consentbridge.run.SyncsOfConnection;
import io.consentbridge.runtime.Checkup;
import io.consentbridge.runtime.Parts;
import io.consentbridge.runtime.Preview;
import io.consentbridge.runtime.Previews;
import io.consentbridge.runtime.Reload;
import io.consentbridge.runtime.Runtime;
import io.consentbridge.runtime.SyncLife;
import io.consentbridge.store.DatabaseFault;
import io.consentbridge.sync.Admission;
import io.consentbridge.sync.Sync;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;

/** The operations of a runtime that is open in this process. */
public final class RuntimeOperations implements Operations {

    private static final String BY_COMMAND = "by command";

    private final Supplier<Runtime> runtime;
    private final InstantSource clock;

    /** @param runtime asked at each operation; the API's routes are made before it has started */
    public RuntimeOperations(Supplier<Runtime> runtime, InstantSource clock) {
        this.runtime = runtime;
        this.clock = clock;
    }

    @Override
    public List<SyncView> syncs() {
        return reach(() -> {
            SyncViews views = new SyncViews(runtime.get(), clock);
            return configuration().syncs().values().stream().map(views::of).toList();
        });
    }

    @Override
    public SyncView sync(String name) {
        return reach(() -> new SyncViews(runtime.get(), clock).whole(known(name)));
    }

    @Override
    public RunStarted startRun(String sync, boolean full) {
        return reach(() -> {
            Sync known = knownFile(sync);
            runtime.get().work();
            Optional<Run> resumed = resumed(known, full);
            if (resumed.isPresent()) {
                return new RunStarted(
                        resumed.get().id(), known.name(), resumed.get().full(), true);
            }
            return order(new RunOrder(known.name(), Run.Cause.COMMAND, full, clock.instant()));
        });
    }

    private RunStarted order(RunOrder order) {
        AtomicReference<String> id = new AtomicReference<>();
        Admission admission = runtime.get().order(order, id::set);
        if (admission instanceof Admission.Refused refused) {
            throw new OperationFailure.Refused(refused.message(), id.get());
        }
        if (id.get() == null) {
            throw new OperationFailure.Refused(order.sync() + ": another process has begun this run");
        }
        return new RunStarted(id.get(), order.sync(), order.full(), false);
    }

    @Override
    public RunStarted allowRemovals(String sync, long people) {
        return reach(() -> {
            Sync known = known(sync);
            if (known.hasParts()) {
                throw new OperationFailure.Refused(heldParts(known));
            }
            runtime.get().work();
            try {
                String run = parts().removals().allow(known, Companions.of(instructions(), known), people);
                boolean full = parts().runs().show(run).map(Run::full).orElse(false);
                return new RunStarted(run, known.name(), full, false);
            } catch (RunFault refused) {
                throw new OperationFailure.Refused(refused.getMessage());
            }
        });
    }

    private String heldParts(Sync sync) {
        Map<String, Long> held = parts().removals().held();
        List<String> holding = instructions().names(sync).stream()
                .filter(held::containsKey)
                .map(part -> "sync run " + part + " --allow-removals " + held.get(part))
                .toList();
        return sync.name() + ": has parts, and the brake holds people of each part by itself; "
                + (holding.isEmpty() ? "it holds nobody" : "use " + String.join(", ", holding));
    }

    @Override
    public RunView run(String id) {
        return reach(() -> runViews().of(knownRun(id)));
    }

    private RunViews runViews() {
        return new RunViews(parts(), instructions());
    }

    @Override
    public RunProgress progress(String id) {
        return reach(() -> parts().runs()
                .show(id)
                .map(this::progress)
                .orElseThrow(() -> new OperationFailure.UnknownName("run", id, recentRuns())));
    }

    // A braked run is over for whoever waits, once what the brake does not hold has been delivered.
    private RunProgress progress(Run run) {
        List<Run> counted = new ArrayList<>(parts().runs().partsOf(run.id()));
        counted.add(run);
        long waiting = counted.stream()
                .mapToLong(one -> parts().outbox().waitingFor(one.id()))
                .sum();
        long total = counted.stream().mapToLong(Run::total).sum();
        boolean over = run.state().ended() || run.state() == RunState.BRAKED && waiting == 0;
        return new RunProgress(run.id(), run.sync(), run.state().word(), over, total, waiting);
    }

    @Override
    public List<RunView> history(String sync, String after, int limit) {
        return reach(() -> {
            Optional<String> only =
                    Optional.ofNullable(sync).map(name -> known(name).name());
            Optional<Run> last = Optional.ofNullable(after).map(this::knownRun);
            return parts().runs().list(only, last, limit).stream()
                    .map(runViews()::of)
                    .toList();
        });
    }

    @Override
    public RecordsView records(String run, RecordsView.Asked asked) {
        return reach(() -> {
            Run known = knownRun(run);
            List<Run> partRuns = parts().runs().partsOf(known.id());
            if (!partRuns.isEmpty()) {
                throw new OperationFailure.Refused("run " + known.id()
                        + " was carried out part by part, and the records stand in the runs of the parts: "
                        + String.join(", ", partRuns.stream().map(Run::id).toList()));
            }
            return new RecordViews(parts()).of(known, asked);
        });
    }

    private Run knownRun(String id) {
        return parts().runs().show(id).orElseThrow(() -> new OperationFailure.UnknownName("run", id, recentRuns()));
    }

    @Override
    public SyncView activate(String name) {
        return reach(() -> {
            Sync sync = knownFile(name);
            if (parts().runFlow().activate(sync, BY_COMMAND) instanceof Admission.Refused refused) {
                throw new OperationFailure.Refused(refused.message());
            }
            runtime.get().schedules().fit(configuration());
            return sync(name);
        });
    }

    @Override
    public SyncView deactivate(String name) {
        return reach(() -> {
            Sync sync = knownFile(name);
            parts().states().deactivate(SyncsOfConnection.beside(configuration(), sync), sync.name(), BY_COMMAND);
            runtime.get().schedules().fit(configuration());
            return sync(name);
        });
    }

    @Override
    public SyncView createSync(String name, SyncSource text) {
        return reach(() -> {
            settled(new SyncLife(runtime.get()).create(name, text.from(), text.text()));
            return sync(name);
        });
    }

    @Override
    public SyncView editSync(String name, SyncSource text) {
        return reach(() -> {
            settled(new SyncLife(runtime.get()).edit(knownFile(name).name(), text.from(), text.text()));
            return sync(name);
        });
    }

    @Override
    public SyncDeleted deleteSync(String name) {
        return reach(() -> {
            Sync gone = knownFile(name);
            List<String> names = instructions().names(gone);
            long before = waiting(names, Action.SUBSCRIBE);
            settled(new SyncLife(runtime.get()).delete(gone.name()));
            long leaving = waiting(names, Action.UNSUBSCRIBE) + waiting(names, Action.DO_NOT_MAIL);
            return new SyncDeleted(gone.name(), before, leaving);
        });
    }

    private long waiting(List<String> syncs, Action action) {
        return syncs.stream()
                .mapToLong(sync -> parts().outbox().waitingFor(sync, action))
                .sum();
    }

    private static void settled(SyncLife.Result result) {
        if (result instanceof SyncLife.Result.Wrong wrong) {
            throw new OperationFailure.Misconfigured(
                    wrong.problems().stream().map(Checkups::problem).toList());
        } else if (result instanceof SyncLife.Result.Forbidden forbidden) {
            throw new OperationFailure.Refused(forbidden.message());
        }
    }

    @Override
    public List<DeadLetterView> deadLetters(int limit) {
        return reach(() -> parts().deadLetters().list(0, limit).stream()
                .map(letter -> view(letter, false))
                .toList());
    }

    @Override
    public DeadLetterView deadLetter(long id) {
        return reach(() -> view(letter(id), true));
    }

    @Override
    public Settled replay(List<Long> ids) {
        runtime.get().work();
        return settle(ids, parts().deadLetters()::replay);
    }

    @Override
    public Settled discard(List<Long> ids) {
        return settle(ids, parts().deadLetters()::discard);
    }

    @Override
    public QuotaView quota() {
        return reach(() -> new QuotaViews(parts(), configuration(), clock).view());
    }

    @Override
    public CheckView check() {
        return reach(() -> Checkups.view(Checkup.of(runtime.get())));
    }

    @Override
    public ReloadView reload() {
        return reach(() -> {
            Reload.Result result = runtime.get().reload();
            return new ReloadView(
                    result.problems().isEmpty(),
                    result.changes(),
                    result.problems().stream().map(Checkups::problem).toList());
        });
    }

    @Override
    public PreviewView startPreview(String sync, boolean full) {
        return reach(() -> {
            try {
                return PreviewViews.of(runtime.get().previews().begin(configuration(), withoutParts(sync), full));
            } catch (Previews.Refused refused) {
                throw new OperationFailure.Refused(refused.getMessage());
            }
        });
    }

    @Override
    public PreviewView preview(String id) {
        return reach(() -> PreviewViews.of(openPreview(id)));
    }

    @Override
    public PreviewPage previewLines(String id, String after, boolean unchanged) {
        return reach(() -> {
            return PreviewViews.page(readyPreview(id), after, unchanged);
        });
    }

    private Preview readyPreview(String id) {
        Preview preview = openPreview(id);
        if (preview.state() != Preview.State.READY) {
            throw new OperationFailure.Refused("the preview is not ready; ask again when it is");
        }
        return preview;
    }

    @Override
    public ExplainView explain(String email) {
        return reach(() -> new Explaining(runtime.get(), clock, new Person(email)).view());
    }

    @Override
    public PlanHeader planHeader(String preview) {
        return reach(() -> PlanDesk.header(readyPreview(preview)));
    }

    @Override
    public PlanPage plan(String preview, String after) {
        return reach(() -> PlanDesk.page(readyPreview(preview), after));
    }

    @Override
    public PlanKept beginPlan(PlanHeader header) {
        return reach(() -> new PlanDesk(runtime.get()).begin(header, known(header.sync())));
    }

    @Override
    public PlanKept addToPlan(String plan, List<PlanPage.Line> lines) {
        return reach(() -> new PlanDesk(runtime.get()).add(plan, lines));
    }

    @Override
    public RunStarted startPlan(String plan) {
        return reach(() -> {
            Plans.Kept kept = new PlanDesk(runtime.get()).kept(plan);
            runtime.get().work();
            return order(new RunOrder(
                    known(kept.sync()).name(), Run.Cause.COMMAND, kept.full(), clock.instant(), Optional.of(plan)));
        });
    }

    @Override
    public PreviewView endPreview(String id) {
        return reach(() -> {
            PreviewView last = PreviewViews.of(openPreview(id));
            runtime.get().previews().end(id);
            return last;
        });
    }

    private Preview openPreview(String id) {
        return runtime.get()
                .previews()
                .find(id)
                .orElseThrow(() -> new OperationFailure.UnknownName("preview", id, List.of()));
    }

    private Settled settle(List<Long> ids, Function<Collection<Long>, List<DeadLetters.Answer>> work) {
        return reach(() -> {
            ids.forEach(this::letter);
            List<String> refused = work.apply(ids).stream()
                    .filter(answer -> answer.refused().isPresent())
                    .map(answer -> "dead letter " + answer.id() + ": "
                            + answer.refused().get())
                    .toList();
            if (!refused.isEmpty()) {
                throw new OperationFailure.Refused(String.join("\n", refused));
            }
            return new Settled(ids.stream().distinct().toList());
        });
    }

    // After a crash the run that was interrupted is the run that is asked for; for a full one, only while it keeps the
    // full one from beginning.
    private Optional<Run> resumed(Sync sync, boolean full) {
        return parts().runs().open().stream()
                .filter(run -> run.sync().equals(sync.name()) && runtime.get().hasTakenOver(run.id()))
                .filter(run -> !run.leaversOnly())
                .filter(run -> run.full() || !full || run.state() == RunState.READING)
                .findFirst();
    }

    private DeadLetter letter(long id) {
        return parts().deadLetters()
                .show(id)
                .orElseThrow(() -> new OperationFailure.UnknownName("dead letter", String.valueOf(id), List.of()));
    }

    private static DeadLetterView view(DeadLetter letter, boolean whole) {
        return new DeadLetterView(
                letter.id(),
                letter.sync(),
                letter.connection(),
                letter.listName(),
                letter.person().address(),
                letter.action().word(),
                letter.code().orElse(null),
                letter.cause(),
                letter.runId(),
                letter.recordId(),
                letter.parkedAt(),
                letter.replayed(),
                letter.replaying(),
                letter.history().lines().toList(),
                whole ? letter.content().contactInfo() : Map.of());
    }

    /** A sync of a file; what concerns files, schedules and orders concerns the whole sync, not a part of it. */
    private Sync knownFile(String name) {
        Sync sync = known(name);
        if (sync.part().isPresent()) {
            throw new OperationFailure.Refused(sync.name() + ": is a part of " + sync.file() + "; name that");
        }
        return sync;
    }

    private Sync withoutParts(String name) {
        Sync sync = known(name);
        if (sync.hasParts()) {
            List<String> names = instructions().names(sync);
            throw new OperationFailure.Refused(sync.name() + ": has parts, and a preview is of one of them; "
                    + (names.isEmpty()
                            ? "its first run finds out which there are"
                            : "name " + String.join(", ", names)));
        }
        return sync;
    }

    private Instructions instructions() {
        return parts().syncParts().instructions(configuration());
    }

    private Sync known(String name) {
        return instructions()
                .find(name)
                .orElseThrow(() -> new OperationFailure.UnknownName(
                        "sync", name, configuration().syncs().keySet()));
    }

    private List<String> recentRuns() {
        return parts().runs().list(Optional.empty(), 100).stream().map(Run::id).toList();
    }

    private Configuration configuration() {
        return runtime.get().configuration();
    }

    private Parts parts() {
        return runtime.get().parts();
    }

    private static <T> T reach(Supplier<T> work) {
        try {
            return work.get();
        } catch (DatabaseFault fault) {
            throw new OperationFailure.OutOfReach(fault.getMessage(), fault);
        }
    }
}
