package io.consentbridge.api;

import io.consentbridge.audience.HeldLists;
import io.consentbridge.campaigns.CampaignsCall;
import io.consentbridge.config.Configuration;
import io.consentbridge.lifecycle.RunAdmission;
import io.consentbridge.lifecycle.SyncActivation;
import io.consentbridge.outbox.ConnectionBackoff;
import io.consentbridge.outbox.Waiting;
import io.consentbridge.quota.QuotaGovernor;
import io.consentbridge.quota.QuotaUse;
import io.consentbridge.runtime.Components;
import io.consentbridge.runtime.NextRuns;
import io.consentbridge.sync.Limits;
import io.consentbridge.sync.Sync;
import io.consentbridge.sync.Usage;
import io.consentbridge.writeback.RecordWrites;
import io.consentbridge.zoho.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Creates the view of quotas, limits and waiting deliveries. */
final class QuotaViews {

    /** Those of Campaigns, and the credits for updates of CRM records. */
    private static final List<String> METHODS = Stream.concat(
                    CampaignsCall.METHODS.stream(), Stream.of(RecordWrites.QUOTA))
            .toList();

    private final Configuration configuration;
    private final NextRuns nextRuns;
    private final RunAdmission admission;
    private final Components.Deliveries outbox;
    private final Components.Updates updates;
    private final HeldLists heldLists;
    private final QuotaGovernor quota;

    QuotaViews(
            Configuration configuration,
            NextRuns nextRuns,
            RunAdmission admission,
            Components.Deliveries outbox,
            Components.Updates updates,
            HeldLists heldLists,
            QuotaGovernor quota) {
        this.configuration = configuration;
        this.nextRuns = nextRuns;
        this.admission = admission;
        this.outbox = outbox;
        this.updates = updates;
        this.heldLists = heldLists;
        this.quota = quota;
    }

    QuotaView view() {
        return new QuotaView(configuration.settings().connections().values().stream()
                .map(this::of)
                .toList());
    }

    private QuotaView.OfConnection of(Connection connection) {
        Optional<ConnectionBackoff.Backoff> backoff = outbox.backoff().current(connection.name());
        return new QuotaView.OfConnection(
                connection.name(),
                backoff.map(ConnectionBackoff.Backoff::until).orElse(null),
                backoff.map(ConnectionBackoff.Backoff::because).orElse(null),
                heldLists.of(connection.name()).stream()
                        .map(held -> new QuotaView.HeldList(
                                held.list(), held.triedAt().orElse(null), held.because()))
                        .toList(),
                METHODS.stream().map(method -> method(connection, method)).toList(),
                waiting(connection),
                limits(connection),
                next(connection));
    }

    private QuotaView.OfMethod method(Connection connection, String method) {
        QuotaUse use = quota.usage(connection.name(), method);
        return new QuotaView.OfMethod(
                method,
                use.windows().stream()
                        .map(each -> new QuotaView.Window(
                                each.window().length().toSeconds(),
                                each.used(),
                                each.window().limit()))
                        .toList(),
                use.lockedUntil().orElse(null),
                use.because().orElse(null));
    }

    /** Returns the methods that are not called for now. */
    List<StatusView.Locked> locked(Connection connection) {
        return METHODS.stream()
                .map(method -> method(connection, method))
                .filter(method -> method.lockedUntil() != null)
                .map(method -> new StatusView.Locked(method.method(), method.lockedUntil(), method.lockedBecause()))
                .toList();
    }

    /** Returns what waits, by action, in the order of sending. */
    List<QuotaView.Waiting> waiting(Connection connection) {
        return Stream.concat(
                        outbox.queries().waiting(connection.name()).stream()
                                .map(waiting -> waiting(connection, waiting)),
                        Stream.of(updates(connection), starts(connection)))
                .toList();
    }

    private QuotaView.Waiting updates(Connection connection) {
        long pending = updates.queries().pending(connection.name());
        Instant through = pending == 0
                ? null
                : quota.throughAt(connection.name(), RecordWrites.QUOTA, RecordWrites.credits(pending));
        return new QuotaView.Waiting(WritebackLetters.UPDATE, pending, 0, through);
    }

    private QuotaView.Waiting starts(Connection connection) {
        return new QuotaView.Waiting(
                WritebackLetters.START, updates.startLetters().pending(connection.name()), 0, null);
    }

    private QuotaView.Waiting waiting(Connection connection, Waiting waiting) {
        Instant through = waiting.total() == 0
                ? null
                : quota.throughAt(connection.name(), waiting.action().method(), waiting.total());
        return new QuotaView.Waiting(waiting.action().word(), waiting.total(), waiting.held(), through);
    }

    private List<QuotaView.NextRun> next(Connection connection) {
        return configuration.syncs().values().stream()
                .filter(sync -> sync.connection().equals(connection.name()))
                .map(sync -> next(sync, connection, nextRuns.state(sync), nextRuns.of(sync)))
                .toList();
    }

    private static QuotaView.NextRun next(
            Sync sync, Connection connection, SyncActivation.State state, Optional<NextRuns.NextRun> next) {
        String inactive = state.active() || state.because().isEmpty() ? null : state.because();
        return new QuotaView.NextRun(
                sync.name(),
                state.active() ? "active" : "inactive",
                next.map(NextRuns.NextRun::at).orElse(null),
                SyncViews.zone(connection),
                next.flatMap(NextRuns.NextRun::because).orElse(inactive));
    }

    private List<QuotaView.Limit> limits(Connection connection) {
        Limits limits = configuration.settings().limits();
        List<QuotaView.Limit> views = new ArrayList<>();
        List<Sync> syncs = configuration.syncs().values().stream()
                .filter(sync -> sync.connection().equals(connection.name()))
                .toList();
        for (Sync sync : syncs) {
            Usage usage = admission.usage(configuration, connection, sync);
            if (views.isEmpty()) {
                views.add(new QuotaView.Limit("active-syncs", null, usage.activeSyncs(), limits.activeSyncs()));
                views.add(new QuotaView.Limit("runs-per-day", null, usage.runsToday(), limits.runsPerDay()));
                views.add(new QuotaView.Limit("runs-per-month", null, usage.runsThisMonth(), limits.runsPerMonth()));
            }
            views.add(new QuotaView.Limit(
                    "full-syncs-per-day", sync.name(), usage.fullRunsToday(), limits.fullSyncsPerDay()));
            views.add(new QuotaView.Limit(
                    "full-syncs-per-month", sync.name(), usage.fullRunsThisMonth(), limits.fullSyncsPerMonth()));
        }
        return views;
    }
}
