package io.consentbridge.api;

import io.consentbridge.decision.PreviewRecord;
import io.consentbridge.run.Run;
import io.consentbridge.runtime.Preview;
import io.consentbridge.sync.Counters;
import io.consentbridge.sync.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Creates the views of previews. */
final class PreviewViews {

    private static final int PAGE_SIZE = 500;

    private PreviewViews() {}

    static PreviewView of(Preview preview) {
        Optional<Run> run = preview.run();
        boolean ready = preview.state() == Preview.State.READY;
        Optional<Counters> counters = ready ? Optional.of(preview.counters()) : Optional.empty();
        return new PreviewView(
                preview.id(),
                preview.sync().name(),
                preview.full(),
                preview.state().name().toLowerCase(Locale.ROOT),
                preview.begun(),
                run.map(Run::total).orElse(0L),
                counters.map(PreviewViews::totals).orElse(null),
                ready ? preview.foresight().unchanged() : 0,
                counters.map(Counters::pending).orElse(0L),
                ready ? preview.foresight().waiting() : 0,
                ready ? preview.newList().orElse(null) : null,
                preview.newFields(),
                run.map(Run::calls)
                        .map(calls -> new Calls(calls.accounts(), calls.crm(), calls.campaigns()))
                        .orElse(new Calls(0, 0, 0)),
                preview.message().orElse(null),
                preview.outOfReach());
    }

    private static PreviewView.Totals totals(Counters counters) {
        Map<String, Long> ignored = new LinkedHashMap<>();
        counters.ignored().forEach((reason, count) -> ignored.put(reason.word(), count));
        return new PreviewView.Totals(
                counters.total(),
                counters.added(),
                counters.readded(),
                counters.duplicate(),
                counters.updated(),
                counters.left(),
                counters.deleted(),
                ignored);
    }

    static PreviewPage page(Preview preview, String after, boolean unchanged) {
        List<PreviewRecord> found = preview.after(after, unchanged, PAGE_SIZE);
        String next = found.size() < PAGE_SIZE ? null : found.get(PAGE_SIZE - 1).position();
        return new PreviewPage(found.stream().map(PreviewViews::line).toList(), next);
    }

    private static PreviewLine line(PreviewRecord foreseen) {
        return new PreviewLine(
                foreseen.recordId(),
                foreseen.address().orElse(null),
                foreseen.decision(),
                foreseen.why().orElse(null),
                foreseen.outcome().word(),
                foreseen.outcome() instanceof Outcome.Ignored ignored
                        ? ignored.reason().word()
                        : null,
                foreseen.action().orElse(null),
                foreseen.list().orElse(null),
                foreseen.held(),
                foreseen.formerKnown(),
                foreseen.counted(),
                foreseen.changes().stream()
                        .map(change -> new PreviewLine.Field(
                                change.field(),
                                change.before().orElse(null),
                                change.after().orElse(null),
                                change.changes()))
                        .toList());
    }
}
