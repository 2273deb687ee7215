package io.consentbridge.lifecycle;

import io.consentbridge.cursor.Cursors;
import io.consentbridge.cursor.MappedFields;
import io.consentbridge.decision.Plans;
import io.consentbridge.polling.RemovalBrake;
import io.consentbridge.run.ActiveRun;
import io.consentbridge.run.Runs;
import io.consentbridge.run.UnknownWords;
import io.consentbridge.run.UnusableRecords;
import java.util.Optional;

/**
 * Ends a run's reading: checks that its plan held, writes its notes, and releases its removals or has the brake hold them.
 */
public final class ReadingEnd {

    private final Runs runs;
    private final Plans plans;
    private final MappedFields mappedFields;
    private final Cursors cursors;
    private final UnusableRecords unusable;
    private final UnknownWords unknownWords;
    private final RemovalBrake removals;

    public ReadingEnd(
            Runs runs,
            Plans plans,
            MappedFields mappedFields,
            Cursors cursors,
            UnusableRecords unusable,
            UnknownWords unknownWords,
            RemovalBrake removals) {
        this.runs = runs;
        this.plans = plans;
        this.mappedFields = mappedFields;
        this.cursors = cursors;
        this.unusable = unusable;
        this.unknownWords = unknownWords;
        this.removals = removals;
    }

    /** @return why the mass-removal brake holds the run; empty when it does not */
    Optional<String> of(ActiveRun run) {
        unusable.of(run.id(), run.sync().module())
                .ifPresent(records -> runs.note(run.id(), run.sync().name() + ": " + records));
        unknownWords
                .of(run.id())
                .ifPresent(words -> runs.note(run.id(), run.sync().name() + ": " + words));
        if (!run.leaversOnly()) {
            plans.checkEnd(run.sync().name(), run.id());
            mappedFields.end(run.sync().name());
            cursors.scanned(run.sync().name(), run.full(), run.startedAt());
        }
        return removals.endReading(run);
    }
}
