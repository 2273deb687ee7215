package io.consentbridge.api;

import io.consentbridge.decision.Plans;
import io.consentbridge.outbox.OutboxQueries;
import io.consentbridge.run.Run;
import io.consentbridge.run.RunQueries;
import io.consentbridge.run.RunRequest;
import io.consentbridge.run.RunState;
import io.consentbridge.runtime.RunLauncher;
import io.consentbridge.sync.Admission;
import io.consentbridge.sync.Sync;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Requests runs, and shows their progress. */
final class RunService {

    private final Runnable work;
    private final RunLauncher launcher;
    private final NameLookup names;
    private final PlanService plans;
    private final RunQueries runs;
    private final OutboxQueries outbox;
    private final InstantSource clock;

    /** @param work begins to deliver and to monitor, unless the process already does */
    RunService(
            Runnable work,
            RunLauncher launcher,
            NameLookup names,
            PlanService plans,
            RunQueries runs,
            OutboxQueries outbox,
            InstantSource clock) {
        this.work = work;
        this.launcher = launcher;
        this.names = names;
        this.plans = plans;
        this.runs = runs;
        this.outbox = outbox;
        this.clock = clock;
    }

    RunStarted start(String sync, boolean full) {
        Sync known = names.file(sync);
        work.run();
        Optional<Run> resumed = resumed(known, full);
        if (resumed.isPresent()) {
            return new RunStarted(
                    resumed.get().id(), known.name(), resumed.get().full(), true);
        }
        return request(new RunRequest(known.name(), Run.Cause.COMMAND, full, clock.instant()));
    }

    // After a crash, the interrupted run is the requested run; for a full run, only while it keeps the full one from
    // beginning.
    private Optional<Run> resumed(Sync sync, boolean full) {
        return runs.open().stream()
                .filter(run -> run.sync().equals(sync.name()) && launcher.hasTakenOver(run.id()))
                .filter(run -> !run.leaversOnly())
                .filter(run -> run.full() || !full || run.state() == RunState.READING)
                .findFirst();
    }

    RunStarted startPlan(String plan) {
        Plans.Kept kept = plans.kept(plan);
        work.run();
        return request(new RunRequest(
                names.sync(kept.sync()).name(), Run.Cause.COMMAND, kept.full(), clock.instant(), Optional.of(plan)));
    }

    private RunStarted request(RunRequest request) {
        AtomicReference<String> id = new AtomicReference<>();
        Admission admission = launcher.request(request, id::set);
        if (admission instanceof Admission.Refused refused) {
            throw new OperationFailure.Refused(refused.message(), id.get());
        }
        if (id.get() == null) {
            throw new OperationFailure.Refused(request.sync() + ": another process has started this run");
        }
        return new RunStarted(id.get(), request.sync(), request.full(), false);
    }

    // A run's decisions are delivered although it failed or the brake stopped it, unless Zoho is out of reach.
    RunProgress progress(String id) {
        Run run = names.run(id);
        List<Run> counted = new ArrayList<>(runs.partsOf(run.id()));
        counted.add(run);
        long waiting =
                counted.stream().mapToLong(one -> outbox.waitingFor(one.id())).sum();
        long total = counted.stream().mapToLong(Run::total).sum();
        boolean over = run.state().ended() && (waiting == 0 || run.outOfReach())
                || run.state() == RunState.BRAKED && waiting == 0;
        return new RunProgress(run.id(), run.sync(), run.state().word(), over, total, waiting);
    }
}
