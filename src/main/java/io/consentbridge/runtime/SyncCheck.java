package io.consentbridge.runtime;

import io.consentbridge.config.Configuration;
import io.consentbridge.lifecycle.ConsentOutlook;
import io.consentbridge.lifecycle.OneTimeViews;
import io.consentbridge.lifecycle.SyncActivation;
import io.consentbridge.lifecycle.SyncCatalog;
import io.consentbridge.run.RunQueries;
import io.consentbridge.store.Database;
import io.consentbridge.sync.Sync;
import java.time.Instant;
import java.time.ZoneId;

/** Checks what is known about syncs without asking Zoho: schedules, activation, and what the next run does differently. */
final class SyncCheck {

    private final CheckFindings findings;
    private final ProblemLocator places;
    private final Database database;
    private final RunQueries runs;
    private final Components.Lifecycle lifecycle;

    SyncCheck(
            CheckFindings findings,
            ProblemLocator places,
            Database database,
            RunQueries runs,
            Components.Lifecycle lifecycle) {
        this.findings = findings;
        this.places = places;
        this.database = database;
        this.runs = runs;
        this.lifecycle = lifecycle;
    }

    void of(Configuration now) {
        forecast(now);
        OneTimeViews views = new OneTimeViews(runs);
        now.syncs()
                .values()
                .forEach(sync -> views.advice(now.syncs().values(), sync)
                        .ifPresent(advice -> findings.checked("sync " + sync.name() + ": " + advice)));
        lifecycle
                .activation()
                .of(now)
                .forEach((sync, state) -> state(now.syncs().get(sync), state));
        now.syncs().values().forEach(sync -> schedule(now, sync));
    }

    /** Names syncs whose consent settings have changed since their last run, and how many members leave as a result. */
    private void forecast(Configuration now) {
        SyncCatalog instructions = lifecycle.parts().instructions(now);
        ConsentOutlook outlook = new ConsentOutlook(database);
        for (Sync sync : instructions.all()) {
            outlook.forecast(instructions, sync)
                    .filter(forecast -> forecast.members() > 0)
                    .ifPresent(forecast -> findings.checked("sync " + sync.name()
                            + ": its purpose, list or consent settings have changed since its last run. The next"
                            + " run decides everybody again: " + forecast.leaving() + " of " + forecast.members()
                            + " members would leave, subject to the brake (consentLost: unsubscribe)"
                            + (sync.terms(instructions.purpose(sync)).readsDetails()
                                    ? "; the consent details that are read then may add more"
                                    : "")));
        }
    }

    private void schedule(Configuration now, Sync sync) {
        ZoneId zone = now.settings().connections().get(sync.connection()).zone();
        ScheduleCheck check = new ScheduleCheck(now.settings().limits(), zone, Instant.now());
        sync.schedule()
                .flatMap(check::of)
                .ifPresent(fault -> findings.wrong(
                        places.inSync(sync.name(), "schedule:", fault.what(), fault.whatWouldBeRight())));
    }

    /** Reports that more files say active than the limit permits (B58). */
    private void state(Sync sync, SyncActivation.State state) {
        if (state.surplus()) {
            findings.wrong(places.inSync(sync.name(), "state:", state.because(), "state: inactive"));
        }
    }
}
