package io.consentbridge.runtime;

import io.consentbridge.ledger.Ledger;
import io.consentbridge.store.Database;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Says what does not fit in the ledger, and which place outside does not take its checkpoints. The runtime stays up, since people go
 * on leaving lists.
 */
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
            String told = Stream.concat(
                            ledger.alarm().stream().map(alarm -> "nobody is subscribed: " + alarm.because()),
                            ledger.targets().stream()
                                    .filter(target -> target.failure().isPresent())
                                    .map(LedgerHealthCheck::lacking))
                    .collect(Collectors.joining("; "));
            if (!told.isEmpty()) {
                builder.message(told);
            }
        }
        builder.up();
    }

    private static String lacking(Ledger.Target target) {
        return "checkpoints do not reach the " + target.target()
                + target.lackingSince()
                        .map(Instant::toString)
                        .map(since -> " since " + since)
                        .orElse("") + " ("
                + target.failure().orElse("") + "). Mend ledger.checkpoints." + target.target()
                + ", or take the setting away; until then nobody outside can prove what was entered since, and old"
                + " checkpoints are not deleted";
    }
}
