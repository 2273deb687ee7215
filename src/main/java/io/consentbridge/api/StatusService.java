package io.consentbridge.api;

import io.consentbridge.config.Configuration;
import io.consentbridge.lifecycle.SyncCatalog;
import io.consentbridge.polling.RemovalBrake;
import io.consentbridge.run.Run;
import io.consentbridge.run.RunQueries;
import io.consentbridge.runtime.Extent;
import io.consentbridge.store.Database;
import io.consentbridge.sync.Sync;
import io.consentbridge.zoho.Connection;
import java.util.Collection;
import java.util.Map;

/** Creates the status of an installation. Reads the database only, and changes nothing. */
final class StatusService {

    private final Extent extent;
    private final Database database;
    private final ConnectionStatus connections;
    private final ListStatus lists;
    private final RemovalBrake brake;
    private final RunQueries runs;

    StatusService(
            Extent extent,
            Database database,
            ConnectionStatus connections,
            ListStatus lists,
            RemovalBrake brake,
            RunQueries runs) {
        this.extent = extent;
        this.database = database;
        this.connections = connections;
        this.lists = lists;
        this.brake = brake;
        this.runs = runs;
    }

    /** @param instructions the current syncs, and their parts */
    StatusView view(SyncCatalog instructions, SyncViews syncs, QuotaViews quotas) {
        Configuration files = instructions.files();
        Collection<Connection> all = files.settings().connections().values();
        Map<String, Long> braked = brake.braked();
        return new StatusView(
                extent.serves(),
                extent.triggers(),
                database.where(),
                all.stream()
                        .map(connection -> connections.of(connection, quotas))
                        .toList(),
                all.stream()
                        .flatMap(connection -> lists.of(connection.name()).stream())
                        .toList(),
                files.syncs().values().stream()
                        .map(sync -> of(sync, syncs.of(sync), instructions, braked))
                        .toList());
    }

    private StatusView.OfSync of(Sync sync, SyncView view, SyncCatalog instructions, Map<String, Long> braked) {
        return new StatusView.OfSync(
                view.name(),
                view.state(),
                view.because(),
                view.lastRun(),
                runs.newest(sync.name()).flatMap(Run::says).orElse(null),
                view.nextRun(),
                view.zone(),
                instructions.names(sync).stream()
                        .filter(braked::containsKey)
                        .map(name -> new StatusView.Braked(name, braked.get(name)))
                        .toList());
    }
}
