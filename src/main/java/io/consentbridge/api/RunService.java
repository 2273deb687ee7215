package io.consentbridge.api;

import io.consentbridge.decision.Plans;
import io.consentbridge.lifecycle.ListSharers;
import io.consentbridge.lifecycle.SyncCatalog;
import io.consentbridge.run.Run;
import io.consentbridge.run.RunFault;
import io.consentbridge.run.RunRequest;
import io.consentbridge.run.RunState;
import io.consentbridge.runtime.Runtime;
import io.consentbridge.sync.Admission;
import io.consentbridge.sync.Sync;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Requests runs, and shows their progress. */
final class RunService {

    private final Runtime runtime;
    private final InstantSource clock;
    private final NameLookup names;

    RunService(Runtime runtime, InstantSource clock) {
        this.runtime = runtime;
        this.clock = clock;
        this.names = new NameLookup(runtime);
    }

    RunStarted start(String sync, boolean full) {
        Sync known = names.file(sync);
        runtime.work();
        Optional<Run> resumed = resumed(known, full);
        if (resumed.isPresent()) {
            return new RunStarted(
                    resumed.get().id(), known.name(), resumed.get().full(), true);
        }
        return order(new RunRequest(known.name(), Run.Cause.COMMAND, full, clock.instant()));
    }

    // After a crash the run that was interrupted is the run that is asked for; for a full one, only while it keeps the
    // full one from beginning.
    private Optional<Run> resumed(Sync sync, boolean full) {
        return runtime.components().history().queries().open().stream()
                .filter(run -> run.sync().equals(sync.name()) && runtime.hasTakenOver(run.id()))
                .filter(run -> !run.leaversOnly())
                .filter(run -> run.full() || !full || run.state() == RunState.READING)
                .findFirst();
    }

    RunStarted startPlan(String plan) {
        Plans.Kept kept = new PlanService(runtime).kept(plan);
        runtime.work();
        return order(new RunRequest(
                names.sync(kept.sync()).name(), Run.Cause.COMMAND, kept.full(), clock.instant(), Optional.of(plan)));
    }

    private RunStarted order(RunRequest order) {
        AtomicReference<String> id = new AtomicReference<>();
        Admission admission = runtime.order(order, id::set);
        if (admission instanceof Admission.Refused refused) {
            throw new OperationFailure.Refused(refused.message(), id.get());
        }
        if (id.get() == null) {
            throw new OperationFailure.Refused(order.sync() + ": another process has begun this run");
        }
        return new RunStarted(id.get(), order.sync(), order.full(), false);
    }

    RunStarted allowRemovals(String sync, long people) {
        Sync known = names.sync(sync);
        if (known.hasParts()) {
            throw new OperationFailure.Refused(heldParts(known));
        }
        runtime.work();
        try {
            SyncCatalog now = names.instructions();
            ZoneId zone =
                    now.files().settings().connections().get(known.connection()).zone();
            String run = runtime.components().polling().brake().allow(known, ListSharers.of(now, known), zone, people);
            boolean full = runtime.components()
                    .history()
                    .queries()
                    .show(run)
                    .map(Run::full)
                    .orElse(false);
            return new RunStarted(run, known.name(), full, false);
        } catch (RunFault refused) {
            throw new OperationFailure.Refused(refused.getMessage());
        }
    }

    private String heldParts(Sync sync) {
        Map<String, Long> held = runtime.components().polling().brake().held();
        List<String> holding = names.instructions().names(sync).stream()
                .filter(held::containsKey)
                .map(part -> "sync run " + part + " --allow-removals " + held.get(part))
                .toList();
        return sync.name() + ": has parts, and the brake holds people of each part by itself; "
                + (holding.isEmpty() ? "it holds nobody" : "use " + String.join(", ", holding));
    }

    // What a run decided is delivered though it failed or the brake stopped it, unless Zoho is out of reach.
    RunProgress progress(String id) {
        Run run = names.run(id);
        List<Run> counted =
                new ArrayList<>(runtime.components().history().queries().partsOf(run.id()));
        counted.add(run);
        long waiting = counted.stream()
                .mapToLong(one -> runtime.components().outbox().outbox().waitingFor(one.id()))
                .sum();
        long total = counted.stream().mapToLong(Run::total).sum();
        boolean over = run.state().ended() && (waiting == 0 || run.outOfReach())
                || run.state() == RunState.BRAKED && waiting == 0;
        return new RunProgress(run.id(), run.sync(), run.state().word(), over, total, waiting);
    }
}
