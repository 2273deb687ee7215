package io.consentbridge.api;

import io.consentbridge.config.Configuration;
import io.consentbridge.consent.Purpose;
import io.consentbridge.run.Run;
import io.consentbridge.run.SyncStates;
import io.consentbridge.runtime.NextRuns;
import io.consentbridge.runtime.Runtime;
import io.consentbridge.sync.Sync;
import io.consentbridge.zoho.Connection;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;

/** Makes the views of syncs. */
final class SyncViews {

    private final Runtime runtime;
    private final InstantSource clock;
    private final NextRuns nextRuns;

    SyncViews(Runtime runtime, InstantSource clock) {
        this.runtime = runtime;
        this.clock = clock;
        this.nextRuns = new NextRuns(runtime.configuration(), runtime.parts(), clock);
    }

    /** Without asking Zoho. */
    SyncView of(Sync sync) {
        return of(sync, SelectionViews.of(sync));
    }

    /** With where each of its conditions is evaluated, for which Zoho may be asked for the module's fields. */
    SyncView whole(Sync sync) {
        Connection connection = runtime.configuration().settings().connections().get(sync.connection());
        LocalDate today = LocalDate.ofInstant(clock.instant(), connection.zone());
        return of(sync, SelectionViews.of(sync, connection, runtime.parts().selecting(), today));
    }

    private SyncView of(Sync sync, SelectionView selection) {
        Configuration now = runtime.configuration();
        Connection connection = now.settings().connections().get(sync.connection());
        SyncStates.Standing standing = nextRuns.standing(sync);
        Optional<Run> last = runtime.parts().runs().list(Optional.of(sync.name()), 1).stream()
                .findFirst();
        return new SyncView(
                sync.name(),
                standing.active() ? "active" : "inactive",
                standing.because().isEmpty() ? null : standing.because(),
                connection.name(),
                sync.module(),
                sync.purpose(),
                sync.schedule().map(schedule -> schedule.text()).orElse(null),
                nextRuns.of(sync).map(NextRuns.NextRun::at).orElse(null),
                last.map(run -> new SyncView.LastRun(
                                run.id(),
                                run.state().word(),
                                run.startedAt(),
                                run.finishedAt().orElse(null)))
                        .orElse(null),
                last.map(run -> runtime.parts().outcomes().counters(run.id()).pending())
                        .orElse(0L),
                runtime.parts().mappedFields().waiting(sync.name(), sync.mapping()),
                settings(sync, now.purposes().get(sync.purpose()), selection));
    }

    private static SyncView.Settings settings(Sync sync, Purpose purpose, SelectionView selection) {
        return new SyncView.Settings(
                purpose.lawfulBasis().word(),
                purpose.list(),
                sync.consent().map(SyncViews::word).orElse(null),
                word(sync.subscription()),
                SelectionViews.sentence(sync),
                sync.mapping().fields(),
                sync.mapping().template().orElse(null),
                sync.mapping().updateEmptyValues(),
                word(sync.evidence()),
                word(sync.retrieve()),
                word(sync.deleted()),
                word(sync.optedOut()),
                sync.module().equals("Leads") ? word(sync.convertedLeads()) : null,
                selection);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
