package io.consentbridge.api;

import io.consentbridge.config.Configuration;
import io.consentbridge.decision.PlanLine;
import io.consentbridge.decision.Plans;
import io.consentbridge.run.Run;
import io.consentbridge.run.RunQueries;
import io.consentbridge.runtime.Preview;
import io.consentbridge.sync.Sync;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** Exports plans and receives them. */
final class PlanService {

    private static final int PART = 1000;

    private final Supplier<Configuration> configuration;
    private final Plans plans;
    private final RunQueries runs;

    /** @param configuration the current configuration */
    PlanService(Supplier<Configuration> configuration, Plans plans, RunQueries runs) {
        this.configuration = configuration;
        this.plans = plans;
        this.runs = runs;
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

    /** @throws OperationFailure.Refused when the plan is for another configuration, or a run has taken place since */
    PlanKept begin(PlanHeader header, Sync sync) {
        if (header.plan() != 1) {
            throw new OperationFailure.Refused("the plan was made by another version of ConsentBridge. Preview again");
        }
        Configuration files = configuration.get();
        String now = Plans.configuration(
                sync,
                sync.serving(files.purposes().get(sync.purpose())),
                files.settings().connections().get(sync.connection()).zone());
        if (!now.equals(header.configuration())) {
            throw new OperationFailure.Refused(sync.name()
                    + ": the sync, its purpose or its mapping has changed since the plan was made. Preview again");
        }
        Optional<String> last =
                runs.list(Optional.of(sync.name()), 1).stream().map(Run::id).findFirst();
        if (!Objects.equals(last.orElse(null), header.lastRun())) {
            throw new OperationFailure.Refused(sync.name() + ": run " + last.orElse("(forgotten)")
                    + " ran after the plan was made. Preview again");
        }
        return new PlanKept(plans.begin(sync.name(), header.full()));
    }

    Plans.Kept kept(String plan) {
        return plans.find(plan).orElseThrow(() -> new OperationFailure.UnknownName("plan", plan, List.of()));
    }

    PlanKept add(String plan, List<PlanPage.Line> lines) {
        plans.add(
                kept(plan).id(),
                lines.stream()
                        .map(line -> new PlanLine(
                                line.record(), line.decision(), line.action(), line.fingerprint(), line.reason()))
                        .toList());
        return new PlanKept(plan);
    }
}
