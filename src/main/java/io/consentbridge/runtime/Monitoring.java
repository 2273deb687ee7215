package io.consentbridge.runtime;

import io.consentbridge.config.Configuration;
import io.consentbridge.store.Database;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheckRegistry;

/** Registers the health checks and gauges of a runtime that serves, for an operator's tools. */
final class Monitoring {

    private Monitoring() {}

    static void begin(
            CamelContext context,
            Database database,
            Components components,
            Metrics metrics,
            Supplier<Configuration> configuration,
            InstantSource clock) {
        HealthCheckRegistry checks = HealthCheckRegistry.get(context);
        checks.register(new DatabaseHealthCheck(database));
        checks.register(
                new HeldRemovalsHealthCheck(database, components.polling().brake()));
        checks.register(new LedgerHealthCheck(database, components.proofs().ledger()));
        checks.register(new HeldListsHealthCheck(
                database,
                components.audience().heldLists(),
                () -> configuration.get().settings().connections().keySet()));
        metrics.watch(context, components.lifecycle().parts(), configuration, served -> {
            DeliveryGauges deliveries = new DeliveryGauges(
                    served,
                    components.outbox(),
                    components.updates(),
                    components.audience().heldLists(),
                    components.access().quota());
            SyncGauges syncs = new SyncGauges(
                    served,
                    components.history(),
                    components.polling().brake(),
                    components.lifecycle().parts(),
                    clock);
            return files -> {
                deliveries.refresh(files);
                syncs.refresh(files);
            };
        });
    }
}
