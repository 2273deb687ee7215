package io.consentbridge.api;

import io.consentbridge.run.Run;
import io.consentbridge.runtime.Parts;
import io.consentbridge.sync.Counters;
import java.util.List;
import java.util.Locale;

/** Makes the views of runs. */
final class RunViews {

    private final Parts parts;

    RunViews(Parts parts) {
        this.parts = parts;
    }

    RunView of(Run run) {
        Counters counters = parts.outcomes().counters(run.id());
        List<RunView.DecisionCount> decisions = parts.outcomes().decisions(run.id()).stream()
                .map(count -> new RunView.DecisionCount(count.decision(), count.why(), count.records()))
                .toList();
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
                        run.message().orElse(null),
                        run.outOfReach()),
                counters,
                new Calls(run.calls().accounts(), run.calls().crm(), run.calls().campaigns()),
                decisions);
    }
}
