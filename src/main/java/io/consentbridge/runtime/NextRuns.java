package io.consentbridge.runtime;

import io.consentbridge.config.Configuration;
import io.consentbridge.lifecycle.RunAdmission;
import io.consentbridge.lifecycle.SyncActivation;
import io.consentbridge.run.Run;
import io.consentbridge.run.RunQueries;
import io.consentbridge.sync.Admission;
import io.consentbridge.sync.Asked;
import io.consentbridge.sync.RunLimits;
import io.consentbridge.sync.Sync;
import io.consentbridge.zoho.Connection;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Predicts when each sync next runs by itself: by its schedule, or because a limit deferred a run, and not before the
 * limits, by their present use, have room again (B62).
 */
public final class NextRuns {

    private final Configuration configuration;
    private final RunAdmission admission;
    private final Instant now;
    private final Map<String, SyncActivation.State> current;
    private final Map<String, Run> deferred = new HashMap<>();

    /**
     * The next run of a sync.
     *
     * @param at when it runs
     * @param because the rule that defers an earlier due time, with its figures; empty when nothing does
     */
    public record NextRun(Instant at, Optional<String> because) {}

    /**
     * Predicts from the present state.
     *
     * @param lifecycle which syncs are active, and how much of the limits is used
     */
    public NextRuns(Configuration configuration, Components.Lifecycle lifecycle, RunQueries runs, InstantSource clock) {
        this.configuration = configuration;
        this.admission = lifecycle.admission();
        this.now = clock.instant();
        this.current = lifecycle.activation().of(configuration);
        runs.deferred().forEach(run -> deferred.put(run.sync(), run));
    }

    /** Returns the state of the sync. */
    public SyncActivation.State state(Sync sync) {
        return current.get(sync.name());
    }

    /** Returns the next run; empty for a sync that does not run by itself. */
    public Optional<NextRun> of(Sync sync) {
        if (!state(sync).active() || admission.isDone(sync)) {
            return Optional.empty();
        }
        Connection connection = configuration.settings().connections().get(sync.connection());
        Optional<NextRun> again = Optional.ofNullable(deferred.get(sync.name()))
                .map(run -> new NextRun(
                        run.dueAgain().orElseThrow(), run.message().map(message -> withoutName(sync, message))));
        Optional<NextRun> due =
                Schedules.next(sync, true, connection, now).map(at -> new NextRun(at, Optional.empty()));
        return Stream.concat(again.stream(), due.stream())
                .min((one, other) -> one.at().compareTo(other.at()))
                .map(next -> whenThereIsRoom(next, sync, connection));
    }

    /**
     * Returns the next run of a sync and those that follow by its schedule, at most that many; none for a sync that does not
     * run by itself.
     */
    public List<Instant> of(Sync sync, int most) {
        Connection connection = configuration.settings().connections().get(sync.connection());
        List<Instant> runs = new ArrayList<>();
        Optional<Instant> next = of(sync).map(NextRun::at);
        while (next.isPresent() && runs.size() < most) {
            runs.add(next.get());
            next = Schedules.next(sync, true, connection, next.get());
        }
        return runs;
    }

    private NextRun whenThereIsRoom(NextRun next, Sync sync, Connection connection) {
        Admission verdict = new RunLimits(configuration.settings().limits())
                .admit(sync.name(), new Asked.Scheduled(false), admission.usage(configuration, connection, sync));
        if (!(verdict instanceof Admission.Deferred put)) {
            return next;
        }
        Instant room = roomFrom(put.until(), connection);
        if (!next.at().isBefore(room)) {
            return next;
        }
        Instant again = RunLimits.dueAgain(next.at(), now, put.until(), connection.zone());
        Instant at = Schedules.next(sync, true, connection, room.minusMillis(1))
                .filter(again::isAfter)
                .orElse(again);
        return new NextRun(at, Optional.of(withoutName(sync, put.message())));
    }

    private static String withoutName(Sync sync, String message) {
        String name = sync.name() + ": ";
        return message.startsWith(name) ? message.substring(name.length()) : message;
    }

    private Instant roomFrom(Admission.Period until, Connection connection) {
        LocalDate today = now.atZone(connection.zone()).toLocalDate();
        LocalDate first = until == Admission.Period.DAY
                ? today.plusDays(1)
                : today.withDayOfMonth(1).plusMonths(1);
        return first.atStartOfDay(connection.zone()).toInstant();
    }
}
