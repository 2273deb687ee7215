package io.consentbridge.runtime;

import io.consentbridge.store.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells in one line when the database goes and in one when it is back, for all who miss it meanwhile. A server is waited for. A
 * file that nothing can be done with any more does not come back by itself, so that somebody else has to start the process
 * anew. Looks when it is told to; not for several threads.
 */
final class StoreWatch {

    private static final Logger LOG = LoggerFactory.getLogger(StoreWatch.class);
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private final Database database;
    private final InstantSource clock;
    private final Runnable lost;
    private Instant since;
    private boolean told;

    /** @param lost ends the process; called once */
    StoreWatch(Database database, InstantSource clock, Runnable lost) {
        this.database = database;
        this.clock = clock;
        this.lost = lost;
    }

    void look() {
        boolean usable = !database.embedded() || database.fileUsable();
        if (usable && database.trouble().isEmpty()) {
            if (since != null) {
                LOG.warn("The database answers again");
            }
            since = null;
            return;
        }
        if (since == null) {
            since = clock.instant();
            LOG.error(
                    "{} ConsentBridge waits for it.", database.trouble().orElse("The database file cannot be opened."));
        }
        if (!usable && !told && !since.plus(PATIENCE).isAfter(clock.instant())) {
            told = true;
            LOG.error("The database file does not come back by itself, so this process ends with status 3");
            lost.run();
        }
    }
}
