package io.consentbridge.runtime;

import io.consentbridge.audience.HeldLists;
import io.consentbridge.store.Database;
import java.util.Collection;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Names the lists to which nobody is subscribed. The runtime stays up, since it continues with other lists. */
final class HeldListsHealthCheck extends AbstractHealthCheck {

    private final Database database;
    private final HeldLists heldLists;
    private final Supplier<Collection<String>> connections;

    /** @param connections names of the configured connections */
    HeldListsHealthCheck(Database database, HeldLists heldLists, Supplier<Collection<String>> connections) {
        super("consentbridge", "lists");
        this.database = database;
        this.heldLists = heldLists;
        this.connections = connections;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        if (database.isThere()) {
            String told = connections.get().stream()
                    .flatMap(connection -> heldLists.of(connection).stream())
                    .filter(held -> held.kind().isFault())
                    .map(held -> held.list() + ": " + held.because())
                    .collect(Collectors.joining("; "));
            if (!told.isEmpty()) {
                builder.message("nobody is subscribed to " + told);
            }
        }
        builder.up();
    }
}
