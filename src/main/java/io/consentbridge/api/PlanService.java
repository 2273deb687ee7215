package io.consentbridge.api;

import io.consentbridge.decision.PlanLine;
import io.consentbridge.decision.Plans;
import io.consentbridge.run.Run;
import io.consentbridge.runtime.Preview;
import io.consentbridge.runtime.Runtime;
import io.consentbridge.sync.Sync;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Hands plans out and takes them in again. */
final class PlanService {

    private static final int PART = 1000;

    private final Runtime runtime;

    PlanService(Runtime runtime) {
        this.runtime = runtime;
    }

    static PlanHeader header(Preview preview) {
        return new PlanHeader(
                1,
                preview.sync().name(),
                preview.full(),
                preview.configurationHash(),
                preview.lastRun().orElse(null),
                preview.begun(),
                preview.planned());
    }

    static PlanPage page(Preview preview, String after) {
        List<PlanLine> found = preview.plan(after, PART);
        return new PlanPage(
                found.stream()
                        .map(line -> new PlanPage.Line(
                                line.record(), line.decision(), line.action(), line.fingerprint(), line.reason()))
                        .toList(),
                found.size() < PART ? null : found.get(PART - 1).record());
    }

    /** @throws OperationFailure.Refused when the plan is for another configuration, or a run has been since */
    PlanKept begin(PlanHeader header, Sync sync) {
        if (header.plan() != 1) {
            throw new OperationFailure.Refused("the plan is of another version of ConsentBridge; preview again");
        }
        var configuration = runtime.configuration();
        String now = Plans.configuration(
                sync,
                sync.serving(configuration.purposes().get(sync.purpose())),
                configuration.settings().connections().get(sync.connection()).zone());
        if (!now.equals(header.configuration())) {
            throw new OperationFailure.Refused(sync.name()
                    + ": sync, purpose or mapping say something else than when the plan was made; preview again");
        }
        Optional<String> last = runtime.components().history().queries().list(Optional.of(sync.name()), 1).stream()
                .map(Run::id)
                .findFirst();
        if (!Objects.equals(last.orElse(null), header.lastRun())) {
            throw new OperationFailure.Refused(sync.name() + ": run " + last.orElse("(forgotten)")
                    + " has been since the plan was made; preview again");
        }
        return new PlanKept(runtime.components().decisions().plans().begin(sync.name(), header.full()));
    }

    Plans.Kept kept(String plan) {
        return runtime.components()
                .decisions()
                .plans()
                .find(plan)
                .orElseThrow(() -> new OperationFailure.UnknownName("plan", plan, List.of()));
    }

    PlanKept add(String plan, List<PlanPage.Line> lines) {
        runtime.components()
                .decisions()
                .plans()
                .add(
                        kept(plan).id(),
                        lines.stream()
                                .map(line -> new PlanLine(
                                        line.record(),
                                        line.decision(),
                                        line.action(),
                                        line.fingerprint(),
                                        line.reason()))
                                .toList());
        return new PlanKept(plan);
    }
}
