package io.consentbridge.runtime;

import io.consentbridge.store.Database;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Checks that the runtime can work, which it can while its database answers. A connection that is backing off is not a
 * failure; it recovers by itself and metrics report it.
 */
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
