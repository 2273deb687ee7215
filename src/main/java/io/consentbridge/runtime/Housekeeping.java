package io.consentbridge.runtime;

import io.consentbridge.config.Configuration;
import io.consentbridge.ledger.LedgerFault;
import io.consentbridge.lifecycle.RunFlow;
import io.consentbridge.run.HistoryRetention;
import io.consentbridge.store.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/**
 * Does the background work of a process beside its routes: cleans up after an earlier process, renews the leases of its
 * runs, takes over abandoned runs, ends requests for consent whose time is over, and deletes old data.
 */
final class Housekeeping {

    private static final Duration PRUNE_EVERY = Duration.ofDays(1);
    private static final Duration FREEZE_EVERY = Duration.ofMinutes(10);

    private final Supplier<Configuration> configuration;
    private final Database database;
    private final Components components;
    private final RunLauncher launcher;
    private final Previews previews;
    private final DailyRetention retention;
    private final InstantSource clock;
    private Instant erased = Instant.EPOCH;
    private Instant pruned = Instant.EPOCH;
    private Instant frozen = Instant.EPOCH;
    private boolean shrunk = true;

    /** @param configuration the current configuration */
    Housekeeping(
            Supplier<Configuration> configuration,
            Database database,
            Components components,
            RunLauncher launcher,
            Previews previews,
            InstantSource clock) {
        this.configuration = configuration;
        this.database = database;
        this.components = components;
        this.launcher = launcher;
        this.previews = previews;
        this.retention = new DailyRetention(
                () -> configuration.get().settings().retention(),
                database,
                components.people().retention(),
                before -> components.proofs().ledger().pruneCheckpoints(before),
                clock);
        this.clock = clock;
    }

    /**
     * Withdraws the subscriptions of syncs whose file is gone, before anything is delivered. Where several processes share a
     * database, each has its own folder, which may be out of date.
     */
    void withdrawMissing() {
        if (database.embedded()) {
            Components.Lifecycle lifecycle = components.lifecycle();
            lifecycle.deleted().withdrawMissing(lifecycle.parts().instructions(configuration.get()));
        }
    }

    /**
     * Stores which syncs are active, and takes over what an earlier process left.
     *
     * @throws RuntimeFault if this process has not the master key of the ledger
     */
    void begin() {
        try {
            components.proofs().ledger().begin();
        } catch (LedgerFault fault) {
            throw new RuntimeFault(fault.getMessage(), fault);
        }
        components.lifecycle().activation().settle(configuration.get());
        if (database.embedded()) {
            components.history().runs().abandonAll();
            components.outbox().outbox().abandonAll();
            components.updates().abandonAll();
            components.proofs().ledger().abandonAll();
        }
        launcher.takeOverRuns();
    }

    /** Requests the runs that became due while nothing ran. */
    void makeUpForMissedRuns() {
        new MissedRuns(components.lifecycle().activation(), components.history().queries())
                .at(clock.instant(), configuration.get())
                .forEach(launcher::requestInBackground);
    }

    /** Does one turn, on one thread. */
    void turn() {
        RunFlow flow = components.lifecycle().flow();
        flow.failLeft();
        launcher.keepLeases();
        launcher.takeOverRuns();
        flow.close(List.of());
        components.requests().expiry().expire(clock.instant());
        previews.forgetOld();
        eraseAgain();
        components.people().erasures().advance();
        forgetOldRuns();
        if (retention.turn()) {
            shrunk = false;
        }
        freezeCounters();
        shrunk = shrunk || database.shrink();
    }

    private void eraseAgain() {
        Instant now = clock.instant();
        if (erased.plus(PRUNE_EVERY).isBefore(now)) {
            erased = now;
            components.people().erasures().eraseAgain();
        }
    }

    private void forgetOldRuns() {
        int keepDays = configuration.get().settings().historyKeepDays();
        Instant now = clock.instant();
        if (keepDays > 0 && pruned.plus(PRUNE_EVERY).isBefore(now)) {
            pruned = now;
            components.history().retention().prune(Math.max(keepDays, HistoryRetention.LEAST_DAYS));
            shrunk = false;
        }
    }

    private void freezeCounters() {
        Instant now = clock.instant();
        if (frozen.plus(FREEZE_EVERY).isBefore(now)) {
            frozen = now;
            components.history().retention().freeze();
        }
    }
}
