package io.consentbridge.runtime;

import io.consentbridge.config.Configuration;
import io.consentbridge.lifecycle.SyncActivation;
import io.consentbridge.run.Run;
import io.consentbridge.run.RunQueries;
import io.consentbridge.run.RunRequest;
import io.consentbridge.sync.Sync;
import io.consentbridge.zoho.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds runs that became due while nothing ran ({@code schedule.catch-up}): one for each active sync, however many of its
 * due times passed. A sync misses no run from before it was active, and a run by command covers what was due before it.
 */
final class MissedRuns {

    private final SyncActivation states;
    private final RunQueries runs;

    MissedRuns(SyncActivation states, RunQueries runs) {
        this.states = states;
        this.runs = runs;
    }

    /** Two nodes that start at the same time name the same due time, so that only one of them gets the run. */
    List<RunRequest> at(Instant now, Configuration files) {
        Map<String, SyncActivation.State> current = states.of(files);
        Map<String, Instant> activeSince = states.activeSince();
        List<RunRequest> missed = new ArrayList<>();
        for (Sync sync : files.syncs().values()) {
            Optional<Instant> since = Optional.ofNullable(activeSince.get(sync.name()));
            if (current.get(sync.name()).active() && since.isPresent()) {
                Connection connection = files.settings().connections().get(sync.connection());
                Schedules.next(sync, true, connection, lastRun(sync, since.get()))
                        .filter(due -> due.isBefore(now))
                        .ifPresent(due -> missed.add(new RunRequest(sync.name(), Run.Cause.SCHEDULE, false, due)));
            }
        }
        return missed;
    }

    private Instant lastRun(Sync sync, Instant since) {
        return runs.newest(sync.name())
                .map(run -> run.startedAt().isAfter(run.dueAt()) ? run.startedAt() : run.dueAt())
                .filter(since::isBefore)
                .orElse(since);
    }
}
