package io.consentbridge.runtime;

import io.consentbridge.ledger.Ledger;
import io.consentbridge.store.Database;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Says what does not fit in the ledger. The runtime stays up, since people go on leaving lists. */
final class LedgerHealthCheck extends AbstractHealthCheck {

    private final Database database;
    private final Ledger ledger;

    LedgerHealthCheck(Database database, Ledger ledger) {
        super("consentbridge", "ledger");
        this.database = database;
        this.ledger = ledger;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        if (database.isThere()) {
            ledger.alarm().ifPresent(alarm -> builder.message("nobody is subscribed: " + alarm.because()));
        }
        builder.up();
    }
}
