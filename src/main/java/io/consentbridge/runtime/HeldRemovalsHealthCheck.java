package io.consentbridge.runtime;

import io.consentbridge.polling.RemovalBrake;
import io.consentbridge.store.Database;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Reports people whom the brake on mass removals holds back until a person decides. The check is never down, since
 * everything else continues and a restart would not help.
 */
final class HeldRemovalsHealthCheck extends AbstractHealthCheck {

    private final Database database;
    private final RemovalBrake removals;

    HeldRemovalsHealthCheck(Database database, RemovalBrake removals) {
        super("consentbridge", "removals");
        this.database = database;
        this.removals = removals;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        builder.up();
        // Another check reports a database that does not answer.
        if (database.isThere()) {
            Map<String, Long> braked = new TreeMap<>(removals.braked());
            if (!braked.isEmpty()) {
                builder.message(braked.entrySet().stream()
                        .map(held -> text(held.getKey(), held.getValue()))
                        .collect(Collectors.joining("; ")));
            }
        }
    }

    private static String text(String sync, long people) {
        return ("%s: the brake holds %s people who would leave. To release them: consentbridge sync run %s"
                        + " --allow-removals %s")
                .formatted(sync, people, sync, people);
    }
}
