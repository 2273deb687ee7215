package io.consentbridge.api;

import io.consentbridge.lifecycle.SyncCatalog;
import io.consentbridge.run.Outcomes;
import io.consentbridge.run.Run;
import io.consentbridge.runtime.Components;
import io.consentbridge.sync.Counters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Creates the views of runs. The figures of a parent run are the sums of its part runs (B104). */
final class RunViews {

    private final Components.History history;
    private final SyncCatalog instructions;

    RunViews(Components.History history, SyncCatalog instructions) {
        this.history = history;
        this.instructions = instructions;
    }

    RunView of(Run run) {
        List<Run> partRuns = history.queries().partsOf(run.id());
        List<Run> counted = new ArrayList<>(partRuns);
        counted.add(0, run);
        List<String> ids = counted.stream().map(Run::id).toList();
        Counters counters = history.outcomes().counters(ids).values().stream()
                .reduce(Counters::plus)
                .orElseGet(() -> history.outcomes().counters(run.id()));
        return RunView.of(
                new RunView.Header(
                        run.id(),
                        run.sync(),
                        run.state().word(),
                        run.connection(),
                        run.cause().name().toLowerCase(Locale.ROOT),
                        run.full(),
                        run.startedAt(),
                        run.finishedAt().orElse(null),
                        run.says().orElse(null),
                        run.outOfReach(),
                        label(run).orElse(null),
                        run.parentRun().orElse(null),
                        history.lists().listOf(run.id()).orElse(null)),
                counters,
                calls(counted),
                decisions(ids),
                partRuns.stream().map(this::part).toList(),
                history.lists()
                        .of(ids)
                        .map(found -> new RunView.Audience(
                                found.active(), found.foreign(), found.missing(), found.refusing()))
                        .orElse(null));
    }

    private static Calls calls(List<Run> runs) {
        return new Calls(
                runs.stream().mapToLong(run -> run.calls().accounts()).sum(),
                runs.stream().mapToLong(run -> run.calls().crm()).sum(),
                runs.stream().mapToLong(run -> run.calls().campaigns()).sum());
    }

    private List<RunView.DecisionCount> decisions(List<String> ids) {
        Map<List<String>, Long> sums = new LinkedHashMap<>();
        for (String id : ids) {
            for (Outcomes.DecisionCount count : history.outcomes().decisions(id)) {
                sums.merge(List.of(count.decision(), count.why()), count.records(), Long::sum);
            }
        }
        return sums.entrySet().stream()
                .map(sum -> new RunView.DecisionCount(
                        sum.getKey().get(0), sum.getKey().get(1), sum.getValue()))
                .sorted((one, other) -> Long.compare(other.records(), one.records()))
                .toList();
    }

    private RunView.PartRun part(Run run) {
        return new RunView.PartRun(
                run.id(), run.sync(), label(run).orElse(run.sync()), run.state().word(), run.total());
    }

    private Optional<String> label(Run run) {
        return run.parentRun().flatMap(parent -> instructions.label(run.sync()));
    }
}
