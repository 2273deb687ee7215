package io.consentbridge.cli;

import io.consentbridge.api.SyncView;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The line that {@code start} prints once the runtime is up.
 *
 * @param syncs all syncs; empty when they could not be read
 * @param api where the API listens
 * @param now the time, by which a next run on another day is shown with its date
 */
record RunningLine(Optional<List<SyncView>> syncs, Optional<String> api, Instant now) {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final DateTimeFormatter DAY_AND_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    String text() {
        return "ConsentBridge is running"
                + syncs.map(all -> ": " + summary(all)).orElse("") + "."
                + api.map(url -> " API at " + url + ".").orElse("")
                + " Stop with Ctrl-C.";
    }

    private String summary(List<SyncView> all) {
        List<SyncView> active =
                all.stream().filter(sync -> sync.state().equals("active")).toList();
        if (all.isEmpty()) {
            return "no syncs yet";
        } else if (active.isEmpty()) {
            return "no active syncs";
        }
        return Words.count(active.size(), "active sync") + ", " + next(active);
    }

    /** Returns the earliest next run, in the time zone of its connection. */
    private String next(List<SyncView> active) {
        return active.stream()
                .filter(sync -> sync.nextRun() != null)
                .min(Comparator.comparing(SyncView::nextRun))
                .map(sync -> "next run " + time(sync.nextRun().atZone(ZoneId.of(sync.zone()))))
                .orElse("no scheduled run");
    }

    private String time(ZonedDateTime run) {
        boolean today = run.toLocalDate().equals(now.atZone(run.getZone()).toLocalDate());
        String zone = run.getZone().normalized().equals(ZoneOffset.UTC)
                ? "UTC"
                : run.getZone().getId();
        return (today ? TIME : DAY_AND_TIME).format(run) + " (" + zone + ")";
    }
}
