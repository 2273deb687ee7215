package io.consentbridge.runtime;

import io.consentbridge.store.Database;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Whether the runtime can work: its database answers. A held connection is no illness; it mends itself and is told in metrics. */
final class DatabaseHealthCheck extends AbstractHealthCheck {

    private final Database database;

    DatabaseHealthCheck(Database database) {
        super("consentbridge", "database");
        this.database = database;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        if (database.isThere()) {
            builder.up();
        } else {
            builder.message("the database does not answer").down();
        }
    }
}
