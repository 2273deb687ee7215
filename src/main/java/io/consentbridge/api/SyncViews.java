package io.consentbridge.api;

import io.consentbridge.config.Configuration;
import io.consentbridge.consent.Purpose;
import io.consentbridge.run.Run;
import io.consentbridge.run.SyncStates;
import io.consentbridge.runtime.Runtime;
import io.consentbridge.runtime.Schedules;
import io.consentbridge.sync.Selection;
import io.consentbridge.sync.Sync;
import io.consentbridge.zoho.Connection;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;

/** Makes the views of syncs. */
final class SyncViews {

    private final Runtime runtime;
    private final InstantSource clock;

    SyncViews(Runtime runtime, InstantSource clock) {
        this.runtime = runtime;
        this.clock = clock;
    }

    SyncView of(Sync sync) {
        Configuration now = runtime.configuration();
        Connection connection = now.settings().connections().get(sync.connection());
        SyncStates.Standing standing = runtime.parts().states().of(sync.name(), sync.active());
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
                Schedules.next(sync, standing.active(), connection, clock.instant())
                        .orElse(null),
                last.map(run -> new SyncView.LastRun(
                                run.id(),
                                run.state().word(),
                                run.startedAt(),
                                run.finishedAt().orElse(null)))
                        .orElse(null),
                last.map(run -> runtime.parts().outcomes().counters(run.id()).pending())
                        .orElse(0L),
                runtime.parts().mappedFields().waiting(sync.name(), sync.mapping()),
                runtime.parts().removals().held().getOrDefault(sync.name(), 0L),
                settings(sync, now.purposes().get(sync.purpose())));
    }

    private static SyncView.Settings settings(Sync sync, Purpose purpose) {
        return new SyncView.Settings(
                purpose.lawfulBasis().word(),
                purpose.list(),
                sync.consent().map(SyncViews::word).orElse(null),
                word(sync.subscription()),
                selection(sync),
                sync.mapping().fields(),
                sync.mapping().template().orElse(null),
                sync.mapping().updateEmptyValues(),
                word(sync.evidence()),
                word(sync.retrieve()),
                word(sync.deleted()),
                word(sync.optedOut()),
                word(sync.unmatched()),
                sync.module().equals("Leads") ? word(sync.convertedLeads()) : null);
    }

    private static String selection(Sync sync) {
        Selection.Scope scope = sync.selection().scope();
        if (scope instanceof Selection.View view) {
            return "the records of the custom view " + view.name();
        }
        if (scope instanceof Selection.Criteria criteria) {
            return "records that meet " + criteria.conditions().size() + " conditions";
        }
        return "all records of " + sync.module();
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
