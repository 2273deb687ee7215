package io.consentbridge.lifecycle;

import io.consentbridge.config.Configuration;
import io.consentbridge.cursor.CursorRows;
import io.consentbridge.cursor.Cursors;
import io.consentbridge.cursor.MappedFields;
import io.consentbridge.run.ActiveRun;
import io.consentbridge.run.NewRun;
import io.consentbridge.run.RemovalsOnly;
import io.consentbridge.run.Run;
import io.consentbridge.run.RunQueries;
import io.consentbridge.run.Runs;
import io.consentbridge.sync.Sync;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/** Starts new runs and part runs, and continues interrupted runs. */
public final class RunStarter {

    private final Supplier<Configuration> configuration;
    private final FanOutParts parts;
    private final Runs runs;
    private final RunQueries queries;
    private final Cursors cursors;
    private final MappedFields mappedFields;

    /** @param configuration the current configuration */
    public RunStarter(
            Supplier<Configuration> configuration,
            FanOutParts parts,
            Runs runs,
            RunQueries queries,
            Cursors cursors,
            MappedFields mappedFields) {
        this.configuration = configuration;
        this.parts = parts;
        this.runs = runs;
        this.queries = queries;
        this.cursors = cursors;
        this.mappedFields = mappedFields;
    }

    /** Returns everything that runs now. */
    SyncCatalog instructions() {
        return parts.instructions(configuration.get());
    }

    /**
     * Begins a run of a sync.
     *
     * @param only what a limit left of the run; empty for a whole run
     * @param counted what the limits counted to admit a whole run; empty when no limit applied
     * @return empty when a run for that due time exists already, or a run of the sync is reading
     */
    Optional<ActiveRun> begin(
            SyncCatalog now, Sync sync, NewRun newRun, Optional<RemovalsOnly> only, Optional<Runs.Counted> counted) {
        var lease = now.files().settings().lease();
        Optional<String> begun = only.isPresent()
                ? runs.begin(newRun, lease, only.get())
                : runs.begin(newRun, lease, counted, handle -> prepare(handle, sync, newRun));
        return begun.map(id -> entered(now, sync, id));
    }

    private static void prepare(Handle handle, Sync sync, NewRun newRun) {
        if (!sync.hasParts()) {
            if (newRun.full()) {
                CursorRows.reset(handle, newRun.sync());
            }
            MappedFields.begin(handle, newRun.sync(), sync.mapping(), newRun.full());
        }
    }

    private ActiveRun entered(SyncCatalog now, Sync sync, String id) {
        return active(now, sync, queries.show(id).orElseThrow());
    }

    /** Continues an interrupted run; empty when its sync is gone. */
    Optional<ActiveRun> goOn(Run run) {
        SyncCatalog now = instructions();
        return now.find(run.sync()).map(sync -> {
            mappedFields.goOn(run.sync(), sync.mapping());
            return active(now, sync, run);
        });
    }

    private static ActiveRun active(SyncCatalog now, Sync sync, Run run) {
        return new ActiveRun(
                run.id(),
                sync,
                now.purpose(sync),
                now.files().settings().connections().get(sync.connection()),
                run.full(),
                run.leaversOnly(),
                run.startedAt().truncatedTo(ChronoUnit.SECONDS),
                Map.of(),
                null,
                Optional.empty(),
                ListSharers.of(now, sync));
    }
}
